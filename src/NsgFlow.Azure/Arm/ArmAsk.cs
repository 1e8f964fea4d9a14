using System;
using Azure.Core;

namespace NsgFlow.Azure.Arm;

/// <summary>A request, with the words for it in messages.</summary>
internal sealed class ArmAsk
{
    public ArmAsk(RequestMethod method, Uri url, string about, string? body = null, string? doing = null)
    {
        Method = method;
        Url = url;
        About = about;
        Body = body;
        Doing = doing ?? (method == RequestMethod.Get ? "Reading "
            : method == RequestMethod.Put ? "Writing "
            : method == RequestMethod.Delete ? "Deleting "
            : "Posting to ") + about;
    }

    public RequestMethod Method { get; }

    public Uri Url { get; }

    /// <summary>The id or path that the caller gave.</summary>
    public string About { get; }

    public string? Body { get; }

    /// <summary><c>Writing /subscriptions/…</c>.</summary>
    public string Doing { get; }

    /// <summary>A look at what another address has to say about this request.</summary>
    public ArmAsk Follow(Uri url, string doing) => new(RequestMethod.Get, url, About, doing: doing);
}
