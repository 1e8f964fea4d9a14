using System;
using System.Net;
using System.Net.Sockets;

namespace NsgFlow.Azure.Errors;

/// <summary>Tells kinds of network failures apart, as the two frameworks report them.</summary>
internal static class NetworkFailure
{
    /// <summary>Whether a host's name cannot be resolved.</summary>
    public static bool IsUnknownHost(Exception? exception)
    {
        for (var at = exception; at is not null; at = at is AggregateException many ? many.InnerExceptions[0] : at.InnerException)
        {
            if (at is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData }
                or WebException { Status: WebExceptionStatus.NameResolutionFailure })
            {
                return true;
            }
        }

        return false;
    }
}
