using System;
using System.Net;
using System.Net.Sockets;

namespace NsgFlow.Azure.Errors;

/// <summary>Tells kinds of network failures apart, as the two frameworks report them.</summary>
internal static class NetworkFailure
{
    /// <summary>Whether a host's name cannot be resolved.</summary>
    public static bool IsUnknownHost(Exception? exception) => Find(
        exception,
        static at => at is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData }
            or WebException { Status: WebExceptionStatus.NameResolutionFailure });

    /// <summary>Whether the host is there and nobody listens at the port.</summary>
    public static bool IsRefused(Exception? exception) => Find(exception, static at => at is SocketException { SocketErrorCode: SocketError.ConnectionRefused });

    /// <summary>Whether asking again in a moment is of no use.</summary>
    public static bool IsFinal(Exception? exception) => IsUnknownHost(exception) || IsRefused(exception);

    private static bool Find(Exception? exception, Func<Exception, bool> isIt)
    {
        for (var at = exception; at is not null; at = at is AggregateException many ? many.InnerExceptions[0] : at.InnerException)
        {
            if (isIt(at))
            {
                return true;
            }
        }

        return false;
    }
}
