using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace NsgFlow.Azure.SignIn;

/// <summary>
/// An Entra sign-in: an explicit, ordered list of ways. A way is tried only when its prerequisites exist; the first that succeeds is kept, so
/// that the identity never changes half-way. Tokens are cached by resource and renewed five minutes before they expire. Safe for many threads.
/// </summary>
public sealed class AzureSignIn
{
    /// <summary>The resource that Azure Storage tokens are issued for, in every cloud.</summary>
    public const string StorageResource = "https://storage.azure.com/";

    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(5);

    private readonly SignInOptions _options;
    private readonly IReadOnlyList<SignInStep> _steps;
    private readonly Dictionary<string, SignInToken> _tokens = new(StringComparer.OrdinalIgnoreCase);
    private readonly object _gate = new();
    private SignInStep? _chosen;

    /// <summary>Prepares a sign-in; nothing is asked yet.</summary>
    public AzureSignIn(SignInOptions options)
        : this(options, null)
    {
    }

    /// <summary>For tests: other steps.</summary>
    internal AzureSignIn(SignInOptions options, IReadOnlyList<SignInStep>? steps)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _steps = steps ??
        [
            new GivenTokenStep(options), new ClientSecretStep(options), new ClientCertificateStep(options), new SessionStep(options),
            new ManagedIdentityStep(options), new EnvironmentStep(options), new WorkloadStep(options), new CliStep(options),
        ];
    }

    /// <summary>The way that succeeded; null before the first token.</summary>
    public SignInMethod? Method => Volatile.Read(ref _chosen)?.Method;

    /// <summary>Whether there is a token for a resource, so that <see cref="GetToken"/> asks nobody; false also while somebody else asks for one.</summary>
    public bool HasToken(string resource)
    {
        if (!Monitor.TryEnter(_gate))
        {
            return false;
        }

        try
        {
            return _tokens.TryGetValue(resource, out var cached) && cached.ExpiresOn - _options.Now() > s_margin;
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    /// <summary>A token for a resource, from the cache when it is good for five more minutes.</summary>
    /// <param name="resource">What the token is for.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <param name="verbose">Told each step in place of <see cref="SignInOptions.Verbose"/>: a sign-in outlives those who ask it.</param>
    /// <exception cref="NsgFlowException"><c>NotSignedIn</c>: nobody is signed in, or the way that was used has failed.</exception>
    public SignInToken GetToken(string resource, CancellationToken cancellation, Action<string>? verbose = null)
    {
        if (resource is null)
        {
            throw new ArgumentNullException(nameof(resource));
        }

        cancellation.ThrowIfCancellationRequested();
        while (!Monitor.TryEnter(_gate, 100))
        {
            // Somebody else is asking; Stop must not wait for that.
            cancellation.ThrowIfCancellationRequested();
        }

        try
        {
            if (_tokens.TryGetValue(resource, out var cached) && cached.ExpiresOn - _options.Now() > s_margin)
            {
                return cached;
            }

            var token = Ask(resource, verbose ?? _options.Verbose, cancellation);
            _tokens[resource] = token;
            return token;
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    /// <summary>Says how one signed in, never a secret.</summary>
    public override string ToString() => _chosen is null ? "not signed in yet" : $"signed in by {_chosen.Name}";

    private SignInToken Ask(string resource, Action<string>? verbose, CancellationToken cancellation)
    {
        var tried = new List<string>();
        foreach (var step in _chosen is null ? _steps.Where(IsWanted) : [_chosen])
        {
            cancellation.ThrowIfCancellationRequested();
            if (step.Missing() is { } missing)
            {
                Note(tried, step, "not tried: " + missing, verbose);
                continue;
            }

            try
            {
                verbose?.Invoke($"Sign-in: asking {step.Name} for a token for {resource}");
                if (step.GetToken(resource, cancellation) is { } token)
                {
                    verbose?.Invoke($"Sign-in: {step.Name} gave a token, expires {Expiry(token)}");
                    Volatile.Write(ref _chosen, step);
                    return token;
                }

                Note(tried, step, "nobody is signed in", verbose);
            }
            catch (SignInStepException failure)
            {
                Note(tried, step, failure.Message, verbose);
            }
        }

        throw new NsgFlowException(
            "NotSignedIn",
            $"No token for {resource} could be had. {string.Join("; ", tried)}.",
            Advice());
    }

    private string Advice() => _options.Method switch
    {
        null => "Sign in with Connect-NsgFlow, Connect-AzAccount or az login, run with a managed identity, set AZURE_TENANT_ID, AZURE_CLIENT_ID and "
            + "AZURE_CLIENT_SECRET, or give -AccessToken; for storage alone -SasToken, -AccountKey or -ConnectionString will do.",
        SignInMethod.AccessToken =>
            "Connect again with a token for it: -AccessToken is for Azure Resource Manager, -StorageAccessToken for storage, -LogAnalyticsAccessToken for queries.",
        _ => "Correct what the message says, and connect again.",
    };

    private static string Expiry(SignInToken token) =>
        token.ExpiresOn == DateTimeOffset.MaxValue ? "at a time unknown" : $"{token.ExpiresOn.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}";

    // A secret or certificate that nobody gave is not worth a word.
    private bool IsWanted(SignInStep step) => _options.Method is { } method
        ? step.Method == method
        : step.Method is not (SignInMethod.ClientSecret or SignInMethod.ClientCertificate) || step.Missing() is null;

    private static void Note(List<string> tried, SignInStep step, string outcome, Action<string>? verbose)
    {
        tried.Add($"{step.Name}: {outcome.TrimEnd('.')}");
        verbose?.Invoke($"Sign-in: {step.Name}: {outcome}");
    }
}
