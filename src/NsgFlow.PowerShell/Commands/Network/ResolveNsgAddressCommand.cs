using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Net;
using NsgFlow.Filtering;
using NsgFlow.Network;
using NsgFlow.PowerShell.Binding;
using NsgFlow.PowerShell.Errors;
using NsgFlow.PowerShell.Pipeline;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Says what addresses are.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "NsgAddress")]
[OutputType(typeof(AddressInfo))]
public sealed class ResolveNsgAddressCommand : InventoryCmdlet
{
    // What objects of other commands call an address.
    private static readonly string[] _properties = ["Address", "SourceAddress", "DestinationAddress", "IPAddress", "PrivateIpAddress", "MacAddress"];

    private readonly HashSet<FlowAddress> _seen = [];
    private AddressResolver? _resolver;

    /// <summary>Addresses or MACs as text, IPAddress objects, flow records, or objects with a property such as Address. Of objects each address is answered once.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? Address { get; set; }

    /// <summary>What is known of the network: JSON files, or objects. With it, Azure is not asked.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[] Inventory { get; set; } = [];

    /// <summary>Files with Azure's service tags, as Microsoft publishes them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [PathTransformation]
    public string[] ServiceTag { get; set; } = [];

    /// <summary>Files with malicious addresses.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [PathTransformation]
    public string[] ThreatList { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        object[] inventories = Inventory;
        if (IsNarrowed || Inventory.Length + ServiceTag.Length + ThreatList.Length == 0)
        {
            if (AskInventory() is not { } asked)
                return;
            inventories = [.. Inventory, asked];
        }

        var reader = new NetworkReader(this);
        var map = reader.Read(inventories, ServiceTag, ThreatList);
        _resolver = new AddressResolver(map, reader.Inventories);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // A list as an argument: it is not taken apart as the pipeline's is.
        if (Address?.BaseObject is IList list)
        {
            foreach (var item in list)
                Take(item is null ? null : PSObject.AsPSObject(item));
        }
        else
        {
            Take(Address);
        }
    }

    private void Take(PSObject? given)
    {
        switch (given?.BaseObject)
        {
            case null:
                break;
            case string text:
                Answer(text);
                break;
            case IPAddress address:
                Answer(address.ToString());
                break;
            case FlowRecord record:
                AnswerOnce(record.SourceAddress);
                AnswerOnce(record.DestinationAddress);
                break;
            case var number when TokenText.IsInteger(number):
                // A MAC of digits; what was typed is known to the PSObject, or else only zeros at the front are missing.
                Answer(LanguagePrimitives.ConvertTo<string>(given).PadLeft(12, '0'));
                break;
            case var number when TokenText.IsFraction(number):
                Answer(LanguagePrimitives.ConvertTo<string>(given));
                break;
            default:
                TakeProperties(given!);
                break;
        }
    }

    private void TakeProperties(PSObject given)
    {
        var found = false;
        foreach (var name in _properties)
        {
            if (given.Properties[name]?.Value is not { } value)
                continue;
            found = true;
            AnswerOnce(LanguagePrimitives.ConvertTo<string>(value));
        }

        if (!found)
        {
            WriteError(FlowErrors.BadArguments(
                "InvalidAddress", $"A {given.TypeNames[0]} has none of the properties {string.Join(", ", _properties)}.", given, "Give addresses as text, or objects with such a property."));
        }
    }

    private void AnswerOnce(string text)
    {
        if (!FlowAddress.TryParse(text, out var address) || _seen.Add(address))
            Answer(text);
    }

    private void Answer(string given)
    {
        var text = given.Trim();
        if (_resolver is null)
            return;
        if (FlowAddress.TryParse(text, out var address))
        {
            WriteObject(_resolver.Resolve(in address));
        }
        else if (MacSet.TryNormalize(text, out var mac, out _))
        {
            WriteObject(_resolver.ResolveMac(mac), enumerateCollection: true);
        }
        else
        {
            WriteError(FlowErrors.BadArguments(
                "InvalidAddress", $"'{Display.FlowFormat.Text(text)}' is neither an address nor a MAC.", given, "Give IPv4 (10.0.0.4), IPv6 (2001:db8::1) or a MAC (00-0D-3A-F8-80-1A); not a prefix or a name."));
        }
    }
}
