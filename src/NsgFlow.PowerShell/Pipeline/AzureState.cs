using System;
using System.IO;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>
/// What a runspace knows of Azure: the connection that Connect-NsgFlow made, or else what was found. Each runspace has its own, so that
/// parallel ones never sign each other in or out.
/// </summary>
internal sealed class AzureState
{
    private static readonly ConditionalWeakTable<Runspace, AzureState> _states = new();

    private AzureAccess? _found;
    private string? _foundWith;

    /// <summary>That of the runspace whose thread this is.</summary>
    public static AzureState Current => _states.GetOrCreateValue(Runspace.DefaultRunspace);

    /// <summary>What Connect-NsgFlow made; null without.</summary>
    public AzureAccess? Connected { get; private set; }

    /// <summary>What Connect-NsgFlow made, or what a cmdlet found before; null without. Looks at nothing.</summary>
    public AzureAccess? Known => Connected ?? _found;

    /// <summary>What is to be used now.</summary>
    public AzureAccess Get()
    {
        if (Connected is { } connected)
            return connected;
        var login = AzLogin.Look();
        var with = Surroundings(login);
        // One that failed is made anew, since what was wrong may have been put right.
        if (_found is not { IsSignedIn: true } || _foundWith != with)
            (_found, _foundWith) = (AzureAccess.Find(login), with);
        return _found;
    }

    /// <summary>From now on, this is used.</summary>
    public void Connect(AzureAccess access) => (Connected, _found) = (access, null);

    /// <summary>Forgets all, tokens included.</summary>
    public void Disconnect() => (Connected, _found) = (null, null);

    // A sign-in that was found keeps its tokens from cmdlet to cmdlet, until something that it was found by is not the same any more.
    private static string Surroundings(AzLogin? login)
    {
        var folder = Environment.GetEnvironmentVariable("AZURE_CONFIG_DIR")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".azure");
        return string.Join(
            "\n",
            login?.Identity ?? "no Az",
            Environment.GetEnvironmentVariable("IDENTITY_ENDPOINT"),
            Environment.GetEnvironmentVariable("MSI_ENDPOINT"),
            Environment.GetEnvironmentVariable("AZURE_AUTHORITY_HOST"),
            Environment.GetEnvironmentVariable("AZURE_TENANT_ID"),
            Environment.GetEnvironmentVariable("AZURE_CLIENT_ID"),
            Environment.GetEnvironmentVariable("AZURE_FEDERATED_TOKEN_FILE"),
            // The Azure CLI writes it at each login and logout.
            File.GetLastWriteTimeUtc(Path.Combine(folder, "azureProfile.json")).Ticks);
    }
}
