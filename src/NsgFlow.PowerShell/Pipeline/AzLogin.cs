using System.Linq;
using System.Management.Automation;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Who the runspace's Az session is signed in as, and to which cloud. Looking at it costs no request and never loads Az.</summary>
internal sealed class AzLogin
{
    private const string Script = """
        $PSModuleAutoLoadingPreference = 'None'
        $DebugPreference = $VerbosePreference = $WarningPreference = $InformationPreference = 'SilentlyContinue'
        if (Get-Command -Name Get-AzAccessToken -ErrorAction Ignore) {
            $command = Get-Command -Name Get-AzContext -ErrorAction Ignore
            # Why it fails is told when a token is asked for.
            if ($command) { try { & $command -ErrorAction Ignore } catch { } }
            $true
        }
        """;

    private readonly PSObject? _context;

    private AzLogin(PSObject? context) => _context = context;

    /// <summary>Who and where, to be compared: another one means that what was signed in before is not right any more.</summary>
    public string Identity => string.Join("|", Text("Account", "Id"), Text("Tenant", "Id"), Text("Environment", "Name"));

    /// <summary>The cloud's name; null when Az does not say.</summary>
    public string? Environment => Text("Environment", "Name");

    /// <summary>The login, on the runspace's own thread; null when Az is not loaded.</summary>
    public static AzLogin? Look()
    {
        var answers = ScriptBlock.Create(Script).Invoke();
        return answers.Count == 0 ? null : new AzLogin(answers.Count > 1 ? answers.First() : null);
    }

    /// <summary>An endpoint of the login's cloud (<c>ResourceManagerUrl</c> …); null when Az does not say.</summary>
    public string? Endpoint(string name) => Text("Environment", name);

    // Account, Tenant and Environment are objects in Az, with these names in all versions; their types differ.
    private string? Text(string part, string name)
    {
        var value = _context?.Properties[part]?.Value;
        return value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value?.ToString() is { Length: > 0 } text ? text : null;
    }
}
