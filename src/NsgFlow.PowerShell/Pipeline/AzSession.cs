using System;
using System.Linq;
using System.Management.Automation;
using System.Security;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>
/// The Az login of the session, if Az.Accounts is loaded already: loading it takes seconds, and whoever uses it has it. The cmdlet
/// is the contract, not Az's types. It can be called on the pipeline's thread only; other threads get the token that it last gave.
/// </summary>
internal sealed class AzSession
{
    // Auto-loading is off in this scope. Az writes tokens to its debug stream, so that is off too, whatever the caller's preference.
    private const string Script = """
        param($resource)
        $PSModuleAutoLoadingPreference = 'None'
        $DebugPreference = $VerbosePreference = $WarningPreference = 'SilentlyContinue'
        $command = Get-Command -Name Get-AzAccessToken -ErrorAction Ignore
        if ($command -and $resource) { & $command -ResourceUrl $resource -ErrorAction Stop } elseif ($command) { $true }
        """;

    private static readonly TimeSpan _margin = TimeSpan.FromMinutes(10);

    private readonly PSCmdlet _cmdlet;
    private readonly Action<string> _verbose;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly object _gate = new();
    private volatile string? _failure;
    private string? _resource;
    private (string Token, DateTimeOffset ExpiresOn)? _last;

    public AzSession(PSCmdlet cmdlet, Action<string> verbose)
    {
        _cmdlet = cmdlet;
        _verbose = verbose;
    }

    /// <summary>Whether there is a Get-AzAccessToken to ask.</summary>
    public bool IsAvailable() => Invoke(null).Length > 0;

    /// <summary>Gets a token while this is the pipeline's thread, for requests that other threads will make.</summary>
    public void Prepare(string resource)
    {
        try
        {
            Ask(resource);
        }
        catch (NsgFlowException e)
        {
            // Told when a token is asked for: another way to sign in may do.
            _failure = e.Message;
        }
    }

    /// <summary>A token for a resource.</summary>
    /// <exception cref="NsgFlowException">Nobody is signed in, or the token has expired and this is not the pipeline's thread.</exception>
    public (string Token, DateTimeOffset ExpiresOn) GetToken(string resource)
    {
        var isPipeline = Environment.CurrentManagedThreadId == _thread;
        lock (_gate)
        {
            if (_resource == resource && _last is { } last && last.ExpiresOn - DateTimeOffset.UtcNow > (isPipeline ? _margin : TimeSpan.Zero))
                return last;
        }

        if (isPipeline)
            return Ask(resource);

        throw new NsgFlowException("NotSignedIn", _failure ?? "the token of the Az session has expired", "Run the command again.");
    }

    /// <summary>Asks anew when the token is about to expire; on the pipeline's thread, between two batches.</summary>
    public void RenewIfNeeded()
    {
        if (_resource is null || _last is not { } last || last.ExpiresOn - DateTimeOffset.UtcNow > _margin)
            return;
        try
        {
            Ask(_resource);
        }
        catch (NsgFlowException e)
        {
            // The old token may still do to the end.
            _verbose($"Sign-in: the Az session gave no new token: {e.Message}");
            _resource = null;
        }
    }

    private (string Token, DateTimeOffset ExpiresOn) Ask(string resource)
    {
        PSObject? answer;
        try
        {
            answer = Invoke(resource).FirstOrDefault();
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
        {
            _resource = resource;
            _last = (token!, expires);
            return _last.Value;
        }
    }

    private PSObject[] Invoke(string? resource) => [.. _cmdlet.InvokeCommand.InvokeScript(Script, resource!)];
}
