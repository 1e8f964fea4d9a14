using System;
using NsgFlow.Query;

namespace NsgFlow.Azure.Logs;

/// <summary>A query, with the words for it in messages: not the query itself, which may be long and hold what nobody else should read.</summary>
internal sealed class LogsAsk
{
    /// <summary>Puts an address together.</summary>
    /// <param name="endpoint">The service, with or without the version that Az's environments have in their address.</param>
    /// <param name="audience">The resource that tokens have to be for.</param>
    /// <param name="request">What is asked.</param>
    /// <exception cref="NsgFlowException"><c>WorkspaceMissing</c>, <c>WorkspaceNotFound</c>.</exception>
    public LogsAsk(Uri endpoint, string audience, LogsRequest request)
    {
        if (request.Workspaces.Count == 0)
            throw new NsgFlowException("WorkspaceMissing", "Nothing says which workspace to ask.", "Name it with -Workspace.");
        foreach (var workspace in request.Workspaces)
        {
            if (!Guid.TryParse(workspace, out _))
                throw new NsgFlowException("WorkspaceNotFound", $"'{SignIn.SafeText.FirstLine(workspace)}' is not the id of a workspace.", "Give the workspace's customer id (a GUID), its name or its ARM id.");
        }

        Request = request;
        Audience = audience;
        var root = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        if (!root.EndsWith("/v1", StringComparison.OrdinalIgnoreCase))
            root += "/v1";
        Url = new Uri($"{root}/workspaces/{Guid.Parse(request.Workspaces[0]):D}/query");
        Where = request.Place ?? (request.Workspaces.Count switch
        {
            1 => "workspace " + request.Workspaces[0],
            2 => $"workspace {request.Workspaces[0]} and one more",
            var count => $"workspace {request.Workspaces[0]} and {count - 1} more",
        });
        Wait = LogsTuning.Wait(request);
    }

    public LogsRequest Request { get; }

    public Uri Url { get; }

    /// <summary>The resource that tokens have to be for, which need not be the host.</summary>
    public string Audience { get; }

    /// <summary><c>workspace {id} and 2 more</c>, or what people call them.</summary>
    public string Where { get; }

    /// <summary>Seconds that the service may work.</summary>
    public int Wait { get; }
}
