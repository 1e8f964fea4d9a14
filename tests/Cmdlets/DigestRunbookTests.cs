using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>The digest of examples/: each job is a process with a managed identity, against the simulator and Azurite.</summary>
[Collection(SimulatedAzureGroup.Name)]
public sealed partial class DigestRunbookTests : IDisposable
{
    private readonly SimulatedAzure _azure;
    private readonly Automation _automation;
    private readonly Webhook _webhook = new();
    private readonly Checkpoints _checkpoints;

    public DigestRunbookTests(SimulatedAzure azure)
    {
        _azure = azure;
        _azure.Simulator.Faults.Clear();
        _checkpoints = new Checkpoints(azure.NewContainer());
        _automation = new Automation(azure.Simulator) { ["Webhook"] = _webhook.Url, ["Unsent"] = "(none)" };
    }

    public void Dispose()
    {
        _automation.Dispose();
        _webhook.Dispose();
    }

    [AzuriteFact]
    public void Each_denied_flow_is_in_one_digest()
    {
        var log = new GrowingLog(_azure, "digest-nsg", 20);
        var runbook = Runbook("digest-nsg", log) + " -Top 3 -WebhookVariable Webhook";

        var first = _automation.Run(runbook).Completed();
        Assert.Equal(log.Denied, Flows(first.Output));
        Assert.Equal(3, Row().Count(first.Output) - 1);
        var before = log.Denied;
        log.Grow(15);
        var second = _automation.Run(runbook).Completed();
        Assert.Equal(log.Denied - before, Flows(second.Output));
        Assert.Equal([before, log.Denied - before], _webhook.Messages.Select(static message => Flows(CardText(message))));
    }

    [AzuriteFact]
    public void A_digest_that_could_not_be_sent_is_kept_and_sent_by_the_next_run()
    {
        var log = new GrowingLog(_azure, "unsent-nsg", 5);
        var runbook = Runbook("unsent-nsg", log) + " -WebhookVariable Webhook -UnsentVariable Unsent -MessageFormat Text";
        _webhook.Status = 500;

        var failed = _automation.Run(runbook).Failed("The digest could not be sent");
        Assert.DoesNotContain("SECRET-SIGNATURE", failed.Output + failed.Errors, StringComparison.Ordinal);
        Assert.Equal(log.Denied, Flows(failed.Output));
        Assert.Equal(log.Denied, Flows(_automation["Unsent"]));

        // What a redirect leads to takes no message.
        (_webhook.Status, _webhook.Redirect) = (202, _webhook.Url);
        var redirected = _automation.Run(runbook + " -Verbose -Debug").Failed("302");
        Assert.DoesNotContain("SECRET-SIGNATURE", redirected.Output + redirected.Errors, StringComparison.Ordinal);
        Assert.Equal(log.Denied, Flows(_automation["Unsent"]));

        _webhook.Redirect = null;
        _automation.Run(runbook).Completed();
        Assert.Equal(log.Denied, Flows(_webhook.Messages[^1].GetProperty("text").GetString()!));
        Assert.Equal("(none)", _automation["Unsent"]);

        // Nothing denied, no message.
        Assert.Contains("No denied flows since the last run.", _automation.Run(runbook).Completed().Output, StringComparison.Ordinal);
        Assert.Equal(3, _webhook.Messages.Count);
    }

    [AzuriteFact]
    public void A_second_run_is_kept_out_and_a_killed_one_is_told_of_by_the_next()
    {
        var log = new GrowingLog(_azure, "killed-nsg", 20);
        var runbook = Runbook("killed-nsg", log) + " -WebhookVariable Webhook -UnsentVariable Unsent -MessageFormat Text";

        // Held at its first record, with the checkpoint in its hands.
        _automation.Hold("Unsent");
        using var job = _automation.Start(runbook);
        job.WaitFor(() => _automation["Unsent"] != "(none)");
        _automation.Run(runbook).Failed("Another run uses the checkpoint");
        job.Kill();
        _automation.Hold("Unsent", isHeld: false);
        _checkpoints.EndLease("digest");

        // Its first batch was not done, so all comes, and a word about what might have been missing.
        _automation.Run(runbook).Completed();
        var text = Assert.Single(_webhook.Messages).GetProperty("text").GetString()!;
        Assert.Contains("did not come to its end", text, StringComparison.Ordinal);
        Assert.Equal(log.Denied, Flows(text));
        Assert.Equal("(none)", _automation["Unsent"]);
    }

    [AzuriteFact]
    public void What_was_counted_before_an_error_is_sent_all_the_same()
    {
        var log = new GrowingLog(_azure, "failing-nsg", 20);
        _automation.Hold("Unsent");
        using var job = _automation.Start(Runbook("failing-nsg", log) + " -WebhookVariable Webhook -UnsentVariable Unsent -MessageFormat Text");
        job.WaitFor(() => _automation["Unsent"] != "(none)");
        _checkpoints.EndLease("digest");
        _checkpoints.Delete("digest");
        _automation.Hold("Unsent", isHeld: false);

        var failed = job.Finish().Failed("checkpoint");
        var text = Assert.Single(_webhook.Messages).GetProperty("text").GetString()!;
        Assert.InRange(Flows(text), 1, log.Denied);
        Assert.Equal(Flows(failed.Output), Flows(text));
        Assert.DoesNotContain("did not come to its end", text, StringComparison.Ordinal);
        Assert.Equal("(none)", _automation["Unsent"]);
    }

    [AzuriteFact]
    public void What_somebody_wrote_into_a_log_is_no_markup_in_a_message()
    {
        var log = new GrowingLog(_azure, "forged-nsg", 60);
        log.Forge("DefaultRule_DenyAllInBound", "UserRule_<b>*x* [here](https://evil.example/x)\\n`y` @here");
        _automation.Run($"Send-DeniedTrafficDigest -StorageAccount '{log.Account}' -Nsg forged-nsg -Last 3h -By Rule, SourceAddress/16, DestinationPort -WebhookVariable Webhook -MessageFormat Text").Completed();

        var text = Assert.Single(_webhook.Messages).GetProperty("text").GetString()!;
        Assert.Contains("?b??x???here??https???evil.example?x???y???here  ", text, StringComparison.Ordinal);
        Assert.Matches(@"  \d+\.\d+\.0\.0/16  \d+", text);
        Assert.DoesNotContain(text, static c => "<>[]*`@".Contains(c, StringComparison.Ordinal));
        Assert.Equal(log.Denied, Flows(text));
    }

    [AzuriteFact]
    public void An_identity_without_rights_is_told_which_role_it_lacks()
    {
        var nobody = _azure.Simulator.World.AddPrincipal("nobody " + Guid.NewGuid().ToString("N"));
        _automation.Run($"Send-DeniedTrafficDigest -Nsg web-nsg -ClientId {nobody.ClientId}").Failed("Reader");
        _azure.Simulator.Faults.Fail(null, "/stflows*", 403, "AuthorizationPermissionMismatch", times: 10);
        _automation.Run($"Send-DeniedTrafficDigest -StorageAccount '{_azure.Simulator.ArmEndpoint}stflows'").Failed("Storage Blob Data Reader");
    }

    private string Runbook(string nsg, GrowingLog log) => $"Send-DeniedTrafficDigest -StorageAccount '{log.Account}' -Nsg {nsg} -Last 3h -Checkpoint '{_checkpoints.Url("digest")}'";

    /// <summary>The flows of all rows of a digest, which its first line must say, too.</summary>
    private static int Flows(string digest)
    {
        var rows = Row().Matches(digest).Sum(static row => Number(row.Groups[1]));
        Assert.Equal(rows, Number(Total().Match(digest).Groups[1]));
        return rows;
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    /// <summary>What Teams shows of a message.</summary>
    private static string CardText(JsonElement message)
    {
        Assert.Equal("message", message.GetProperty("type").GetString());
        var attachment = message.GetProperty("attachments")[0];
        Assert.Equal("application/vnd.microsoft.card.adaptive", attachment.GetProperty("contentType").GetString());
        var block = attachment.GetProperty("content").GetProperty("body")[0];
        Assert.Equal("RichTextBlock", block.GetProperty("type").GetString());
        return block.GetProperty("inlines")[0].GetProperty("text").GetString()!;
    }

    [GeneratedRegex(@"(?m)^Denied flows, .*: (\d+)\r?$")]
    private static partial Regex Total();

    [GeneratedRegex(@"(?m)^ +(\d+)  \S")]
    private static partial Regex Row();
}
