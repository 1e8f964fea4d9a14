using System.Threading;

namespace NsgFlow.Azure.SignIn;

/// <summary>The caller's own token.</summary>
internal sealed class GivenTokenStep(SignInOptions options) : SignInStep
{
    /// <inheritdoc/>
    public override SignInMethod Method => SignInMethod.AccessToken;

    /// <inheritdoc/>
    public override string Name => "access token";

    /// <inheritdoc/>
    public override string? Missing() => options.AccessToken is null && options.AccessTokens.Count == 0 ? "none was given" : null;

    /// <inheritdoc/>
    public override SignInToken? GetToken(string resource, CancellationToken cancellation)
    {
        if (!options.AccessTokens.TryGetValue(resource, out var token))
        {
            token = options.AccessToken ?? throw new SignInStepException("none was given for " + resource);
        }

        return token.ExpiresOn > options.Now()
            ? token
            : throw new SignInStepException($"it expired at {token.ExpiresOn.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
    }
}

/// <summary>The login of the session that calls.</summary>
internal sealed class SessionStep(SignInOptions options) : SignInStep
{
    /// <inheritdoc/>
    public override SignInMethod Method => SignInMethod.Session;

    /// <inheritdoc/>
    public override string Name => "Az session";

    /// <inheritdoc/>
    public override string? Missing() => options.Session is null ? "no Az session" : null;

    /// <inheritdoc/>
    public override SignInToken? GetToken(string resource, CancellationToken cancellation)
    {
        try
        {
            return options.Session!(resource);
        }
        catch (NsgFlowException failure)
        {
            throw new SignInStepException(failure.Message);
        }
    }
}
