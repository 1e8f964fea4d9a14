using System;
using System.IO;
using System.Threading;
using Azure.Core;
using Azure.Identity;

namespace NsgFlow.Azure.SignIn;

/// <summary>A way for which Azure.Identity has a credential: made once, asked with a time limit, its failure reduced to one safe line.</summary>
internal abstract class IdentityStep(SignInOptions options) : SignInStep
{
    private TokenCredential? _credential;

    /// <summary>What the caller and the environment gave.</summary>
    protected SignInOptions Options { get; } = options;

    /// <summary>How long one attempt may take.</summary>
    protected virtual TimeSpan Limit => TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override SignInToken? GetToken(string resource, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(Limit);
        try
        {
            _credential ??= CreateCredential();
            var scope = resource.TrimEnd('/') + "/.default";
            var token = _credential.GetToken(new TokenRequestContext([scope]), limited.Token);
            return new SignInToken(token.Token, token.ExpiresOn);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SignInStepException($"no answer within {Limit.TotalSeconds:0} s");
        }
        catch (Exception failure) when (failure is AuthenticationFailedException or InvalidOperationException or IOException or ArgumentException)
        {
            throw new SignInStepException(SafeText.FirstLine(Reason(failure), Secrets()));
        }
    }

    /// <summary>Makes the credential.</summary>
    protected abstract TokenCredential CreateCredential();

    /// <summary>Values that must not appear in a message.</summary>
    protected virtual string?[] Secrets() => [];

    // Entra's own words, with a code to look up, if they are anywhere: the library puts its own before them, or nothing but a line break.
    private static string Reason(Exception failure)
    {
        for (var at = failure; at is not null; at = at.InnerException)
        {
            var entra = at.Message.IndexOf("AADSTS", StringComparison.Ordinal);
            if (entra >= 0)
            {
                return at.Message.Substring(entra);
            }
        }

        return failure.Message;
    }

    /// <summary>Applies what all credentials have in common.</summary>
    protected T Prepare<T>(T options)
        where T : TokenCredentialOptions
    {
        // AZURE_AUTHORITY_HOST stays in force unless a cloud was chosen.
        if (Options.IsCloudChosen || Options.Cloud != AzureCloud.Public)
        {
            options.AuthorityHost = Options.Cloud.AuthorityHost;
        }

        options.Retry.MaxRetries = 1;
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        if (Options.Transport is not null)
        {
            options.Transport = Options.Transport;
        }

        return options;
    }

    /// <summary>Whether an environment variable has a value.</summary>
    protected bool Has(string name) => !string.IsNullOrEmpty(Options.Variable(name));
}
