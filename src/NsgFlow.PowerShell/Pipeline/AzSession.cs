using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>
/// The Az login of a runspace, if Az.Accounts is loaded already: loading it takes seconds, and whoever uses it has it. The cmdlet
/// is the contract, not Az's types. It can be called on the runspace's own thread only; other threads get the tokens that it last gave.
/// </summary>
internal sealed class AzSession
{
    // Auto-loading is off in this scope. Az writes tokens to its debug stream, so that is off too, whatever the caller's preference.
    private const string Script = """
        param($resource, $tenant)
        $PSModuleAutoLoadingPreference = 'None'
        $DebugPreference = $VerbosePreference = $WarningPreference = $InformationPreference = 'SilentlyContinue'
        $command = Get-Command -Name Get-AzAccessToken -ErrorAction Ignore
        $with = @{ ResourceUrl = $resource; ErrorAction = 'Stop' }
        if ($tenant) { $with.TenantId = $tenant }
        if ($command) { & $command @with }
        """;

    private static readonly TimeSpan _margin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);

    private readonly Runspace _runspace;
    private readonly string? _tenant;
    private readonly object _gate = new();
    private readonly Dictionary<string, (string Token, DateTimeOffset ExpiresOn)> _tokens = new(StringComparer.OrdinalIgnoreCase);
    private volatile string? _failure;
    private DateTimeOffset _nextRenewal;

    /// <summary>Made on the runspace's own thread.</summary>
    /// <param name="tenant">The tenant to ask for; null for that of the login.</param>
    public AzSession(string? tenant)
    {
        _runspace = Runspace.DefaultRunspace;
        _tenant = tenant;
    }

    private bool IsOnPipeline => ReferenceEquals(Runspace.DefaultRunspace, _runspace);

    /// <summary>Gets a token while this is the pipeline's thread, for requests that other threads will make.</summary>
    public void Prepare(string resource)
    {
        lock (_gate)
        {
            if (IsGood(resource, _margin))
                return;
        }

        try
        {
            Ask(resource);
            _failure = null;
        }
        catch (NsgFlowException e)
        {
            // Told when a token is asked for: an old one may do to the end, or another way to sign in.
            _failure = e.Message;
        }
    }

    /// <summary>Renews what was prepared and is about to expire; often called, it asks once a minute at most when Az gives nothing new.</summary>
    public void Renew()
    {
        if (DateTimeOffset.UtcNow < _nextRenewal)
            return;
        string[] resources;
        lock (_gate)
            resources = [.. _tokens.Keys.Where(resource => !IsGood(resource, _margin))];
        if (resources.Length > 0)
            _nextRenewal = DateTimeOffset.UtcNow + _pause;
        foreach (var resource in resources)
            Prepare(resource);
    }

    /// <summary>A token for a resource.</summary>
    /// <exception cref="NsgFlowException">Nobody is signed in, or the token has expired and this is not the pipeline's thread.</exception>
    public (string Token, DateTimeOffset ExpiresOn) GetToken(string resource)
    {
        var isOnPipeline = IsOnPipeline;
        lock (_gate)
        {
            if (IsGood(resource, isOnPipeline ? _margin : TimeSpan.Zero))
                return _tokens[resource];
        }

        if (isOnPipeline)
            return Ask(resource);
        throw new NsgFlowException("NotSignedIn", _failure ?? "the token of the Az session has expired", "Run the command again.");
    }

    private bool IsGood(string resource, TimeSpan margin) => _tokens.TryGetValue(resource, out var last) && last.ExpiresOn - DateTimeOffset.UtcNow > margin;

    private (string Token, DateTimeOffset ExpiresOn) Ask(string resource)
    {
        Collection<PSObject> answers;
        try
        {
            answers = ScriptBlock.Create(Script).Invoke(resource, _tenant);
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (RuntimeException e)
        {
            throw new NsgFlowException("NotSignedIn", e.Message, "Run Connect-AzAccount.");
        }

        // A SecureString since Az.Accounts 5, text before.
        var answer = answers.FirstOrDefault();
        var token = answer?.Properties["Token"]?.Value switch
        {
            SecureString secret => SecretText.Reveal(secret),
            string text => text,
            _ => null,
        };
        if (string.IsNullOrEmpty(token))
            throw new NsgFlowException("NotSignedIn", "Get-AzAccessToken gave no token", "Run Connect-AzAccount.");
        var expires = answer!.Properties["ExpiresOn"]?.Value switch
        {
            DateTimeOffset time => time,
            DateTime time => new DateTimeOffset(time.ToUniversalTime()),
            _ => DateTimeOffset.UtcNow.AddMinutes(30),
        };
        lock (_gate)
            return _tokens[resource] = (token!, expires);
    }
}
