using System;
using NsgFlow.Filtering;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Makes a filter of a cmdlet's parameters, whose values were checked when they were bound.</summary>
internal static class FilterBuilder
{
    public static FlowFilter Make(IFilterParameters given, FlowScope scope, TimeRange time) => new()
    {
        Start = time.Start,
        End = time.End,
        Scope = scope,
        Address = Set(given.Address, AddressSet.Parse),
        SourceAddress = Set(given.SourceAddress, AddressSet.Parse),
        DestinationAddress = Set(given.DestinationAddress, AddressSet.Parse),
        ExcludeAddress = Set(given.ExcludeAddress, AddressSet.Parse),
        Port = Set(given.Port, PortSet.Parse),
        SourcePort = Set(given.SourcePort, PortSet.Parse),
        DestinationPort = Set(given.DestinationPort, PortSet.Parse),
        ExcludePort = Set(given.ExcludePort, PortSet.Parse),
        Protocol = Set(given.Protocol, ProtocolSet.Parse),
        Encryption = Set(given.Encryption, EncryptionSet.Parse),
        Rule = Set(given.Rule, RuleSet.Parse),
        ExcludeRule = Set(given.ExcludeRule, RuleSet.Parse),
        MacAddress = Set(given.MacAddress, MacSet.Parse),
        Direction = given.Direction,
        Decision = given.Decision,
        State = given.State,
        MinBytes = given.LeastBytes,
    };

    private static T? Set<T>(string[] texts, Func<string[], T> parse)
        where T : class => texts.Length == 0 ? null : parse(texts);
}
