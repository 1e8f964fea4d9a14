using System;
using System.Threading;

namespace NsgFlow.Azure.SignIn;

/// <summary>One way to get a token.</summary>
internal abstract class SignInStep
{
    /// <summary>Which way.</summary>
    public abstract SignInMethod Method { get; }

    /// <summary>How people call it.</summary>
    public abstract string Name { get; }

    /// <summary>Why it cannot be tried here; null when its prerequisites exist. Costs no network and no process.</summary>
    public abstract string? Missing();

    /// <summary>Gets a token, or throws <see cref="SignInStepException"/>; null when it turns out that there is nobody signed in.</summary>
    public abstract SignInToken? GetToken(string resource, CancellationToken cancellation);
}

/// <summary>One way failed; the message is for people and holds no secret.</summary>
internal sealed class SignInStepException(string message) : Exception(message);
