using System;
using System.Linq;
using System.Text;

namespace NsgFlow.Azure.Arm;

/// <summary>Addresses of one cloud's ARM. Nothing else is ever asked: whoever gets a request gets the caller's token with it.</summary>
internal sealed class ArmUrls
{
    private readonly Uri _endpoint;

    public ArmUrls(Uri endpoint)
    {
        if (endpoint.Scheme != "https")
            throw new ArgumentException("Tokens are sent over https only.", nameof(endpoint));
        _endpoint = endpoint;
    }

    /// <summary>The address of an id or path, which may have a query of its own.</summary>
    /// <exception cref="NsgFlowException"><c>InvalidResourceId</c>.</exception>
    public Uri Of(string path, string apiVersion)
    {
        var mark = path.IndexOf('?');
        var segments = (mark < 0 ? path : path.Substring(0, mark)).TrimEnd('/').Split('/');
        if (segments.Length < 2 || segments[0].Length > 0 || !segments.Skip(1).All(IsName))
        {
            throw new NsgFlowException(
                "InvalidResourceId",
                $"'{SignIn.SafeText.FirstLine(path)}' is not the id of a resource.",
                "Give the whole id, as in /subscriptions/{id}/resourceGroups/{name}/providers/Microsoft.Network/virtualNetworks/{name}.");
        }

        var url = new StringBuilder(_endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/'));
        foreach (var segment in segments.Skip(1))
            url.Append('/').Append(Uri.EscapeDataString(segment));
        url.Append(mark < 0 ? "?" : path.Substring(mark) + "&").Append("api-version=").Append(Uri.EscapeDataString(apiVersion));
        return new Uri(url.ToString());
    }

    /// <summary>The address that an answer points to (next page, state of an operation), if it is ARM's; else null.</summary>
    public Uri? Of(string link) =>
        Uri.TryCreate(_endpoint, link, out var url) && url.Scheme == "https" && url.Port == _endpoint.Port && url.UserInfo.Length == 0 && IsOurs(url.Host)
            ? url
            : null;

    // ARM also answers under names of its regions: westeurope.management.azure.com.
    private bool IsOurs(string host) =>
        host.Equals(_endpoint.Host, StringComparison.OrdinalIgnoreCase)
        || (_endpoint.HostNameType == UriHostNameType.Dns && host.EndsWith("." + _endpoint.Host, StringComparison.OrdinalIgnoreCase));

    // "." and ".." would lead to another resource than the one that is named.
    private static bool IsName(string segment) =>
        segment.Length > 0 && segment is not ("." or "..") && !segment.Any(static c => char.IsControl(c) || c is '\\' or '#');
}
