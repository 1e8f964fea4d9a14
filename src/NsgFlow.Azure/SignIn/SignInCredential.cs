using System;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core;

namespace NsgFlow.Azure.SignIn;

/// <summary>Shows a sign-in to the SDK.</summary>
internal sealed class SignInCredential(AzureSignIn signIn, Action<string>? verbose) : TokenCredential
{
    /// <inheritdoc/>
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        const string Suffix = "/.default";
        var scope = requestContext.Scopes[0];
        var resource = scope.EndsWith(Suffix, StringComparison.Ordinal)
            ? scope.Substring(0, scope.Length - Suffix.Length).TrimEnd('/') + "/"
            : scope;
        var token = signIn.GetToken(resource, cancellationToken, verbose);
        return new AccessToken(token.Token, token.ExpiresOn);
    }

    /// <inheritdoc/>
    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
