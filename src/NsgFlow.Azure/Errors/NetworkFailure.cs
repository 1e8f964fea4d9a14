using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

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

    /// <summary>The failure that says most, out of those of repeated requests.</summary>
    public static Exception Unwrap(Exception failure)
    {
        while (failure is AggregateException { InnerExceptions.Count: > 0 } many)
        {
            // After retries: all attempts in order. A NsgFlowException among them says more than the rest.
            failure = many.InnerExceptions.FirstOrDefault(static e => e is NsgFlowException) ?? many.InnerExceptions[many.InnerExceptions.Count - 1];
        }

        for (var at = failure; at is not null; at = at.InnerException)
        {
            if (at is NsgFlowException)
            {
                return at;
            }
        }

        return failure;
    }

    /// <summary>What happened, in a few words.</summary>
    public static string Kind(Exception cause)
    {
        for (var at = cause; at is not null; at = at.InnerException)
        {
            if (at is SocketException socket)
            {
                return socket.SocketErrorCode.ToString();
            }

            if (at is AuthenticationException or WebException { Status: WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure })
            {
                return "its TLS certificate is not trusted by this machine, or no TLS could be agreed on";
            }
        }

        return cause switch
        {
            OperationCanceledException or TimeoutException => "no answer in time",
            IOException => "the connection broke",
            _ => cause.InnerException is null ? cause.GetType().Name : Kind(cause.InnerException),
        };
    }

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
