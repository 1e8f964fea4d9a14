using System;
using System.Diagnostics;
using System.Threading;
using Azure.Core;
using NsgFlow.Arm;
using NsgFlow.Azure.Http;

namespace NsgFlow.Azure.Arm;

/// <summary>One write that ARM has accepted, until Azure has done it.</summary>
internal sealed class ArmOperation(ArmPipeline pipeline, ArmUrls urls, ArmTuning tuning, ArmAsk ask, ArmWait wait, CancellationToken cancellation)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Follows what the answer to the write points to. The last answer; the first when it points nowhere.</summary>
    /// <exception cref="NsgFlowException"><c>ArmOperationFailed</c> and others.</exception>
    public ServiceAnswer Follow(ServiceAnswer answer)
    {
        // The result of an action is at its Location; a resource is read anyway, and the operation's own address says more about it.
        var isStatus = answer.Link("Azure-AsyncOperation") is not null && (ask.Method != RequestMethod.Post || answer.Link("Location") is null);
        var link = answer.Link(isStatus ? "Azure-AsyncOperation" : "Location");
        if (link is null || (!isStatus && answer.Status is not (201 or 202)))
            return answer;

        for (var isEnded = false; !isEnded;)
        {
            Pause(answer);
            var url = urls.Of(link) ?? throw ArmErrors.Unusable(
                ask, answer, "it is accepted, but the address to ask about it is not Azure's, so the token is not sent there", "Check the proxy between this machine and Azure.");
            var ofDelete = ask.Method == RequestMethod.Delete && !isStatus;
            answer = pipeline.Send(ask.Follow(url, ask.Doing + " was begun; asking about it"), cancellation, allowMissing: ofDelete);
            link = answer.Link(isStatus ? "Azure-AsyncOperation" : "Location") ?? link;
            isEnded = Look(answer, isStatus ? Status(answer) : Arrived(answer));
        }

        return answer;
    }

    /// <summary>Reads the resource until it is no longer being changed.</summary>
    public ServiceAnswer Settle()
    {
        while (true)
        {
            var answer = pipeline.Send(ask.Follow(ask.Url, ask.Doing + " was begun; reading it"), cancellation);
            if (Look(answer, ProvisioningState(answer) ?? "Succeeded"))
                return answer;
            Pause(answer);
        }
    }

    /// <summary>Reads the resource until it is no longer there.</summary>
    public void Vanish()
    {
        while (true)
        {
            var answer = pipeline.Send(ask.Follow(ask.Url, ask.Doing + " was begun; reading it"), cancellation, allowMissing: true);
            if (answer.Status == 404)
                return;
            Look(answer, "Deleting");
            Pause(answer);
        }
    }

    /// <summary>Whether a resource's answer says that nothing is being changed.</summary>
    public static bool IsSettled(ServiceAnswer answer) => answer.Body.Exists && ProvisioningState(answer) is null or "Succeeded";

    private static string? ProvisioningState(ServiceAnswer answer) => answer.Body["properties"]["provisioningState"].Text;

    private static string Status(ServiceAnswer answer) =>
        answer.Body["status"].Text ?? ProvisioningState(answer) ?? (answer.Status == 202 ? "InProgress" : "Succeeded");

    private static string Arrived(ServiceAnswer answer)
    {
        // Here the HTTP status says whether it has ended; only a failure is told by the body alone.
        var state = answer.Body["status"].Text ?? ProvisioningState(answer);
        return IsBad(state) ? state! : answer.Status == 202 ? "InProgress" : "Succeeded";
    }

    private static bool IsBad(string? state) =>
        state is not null && (Is(state, "Failed") || Is(state, "Canceled") || Is(state, "Cancelled"));

    private static bool Is(string state, string other) => state.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells of a state; whether it is the last one.</summary>
    private bool Look(ServiceAnswer answer, string state)
    {
        state = SignIn.SafeText.FirstLine(state);
        wait.Progress?.Invoke(state, _clock.Elapsed);
        if (IsBad(state))
            throw ArmErrors.OperationFailed(ask, answer, state);
        if (Is(state, "Succeeded"))
            return true;
        if (_clock.Elapsed > tuning.OperationLimit)
            throw ArmErrors.OperationFailed(ask, answer, $"{state} after {_clock.Elapsed.TotalMinutes:0} minutes, which is not waited for any longer");
        return false;
    }

    private void Pause(ServiceAnswer answer)
    {
        // "0" and a date that is over mean nothing.
        var delay = answer.RetryAfter(tuning.Now()) is { } asked && asked > TimeSpan.Zero ? asked : tuning.PollDelay;
        cancellation.WaitHandle.WaitOne(delay < tuning.MaxPollDelay ? delay : tuning.MaxPollDelay);
        cancellation.ThrowIfCancellationRequested();
    }
}
