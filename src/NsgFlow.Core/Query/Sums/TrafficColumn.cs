using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;
using NsgFlow.Measuring;

namespace NsgFlow.Query;

/// <summary>What a field of <c>-By</c> is in the KQL of a measurement: of which columns of the normal rows it is made, and how it is grouped and put in order.</summary>
internal sealed class TrafficColumn
{
    /// <summary>Stands for a number that a table does not tell: rows do not join on null.</summary>
    public const string Untold = "-1";

    /// <summary>Columns of the normal rows that are numbers, and can be null.</summary>
    public static IReadOnlyList<string> Numbers { get; } = [nameof(FieldCode.DestinationPort), nameof(FieldCode.Protocol)];

    private TrafficColumn(TrafficKey key, string name, string group)
    {
        Key = key;
        Name = name;
        Group = group;
    }

    /// <summary>The field.</summary>
    public TrafficKey Key { get; }

    /// <summary>Name of the result's column with the value.</summary>
    public string Name { get; }

    /// <summary>Name of the column that rows are grouped by; that of the value, but for names of resources, which are the same in any case.</summary>
    public string Group { get; }

    /// <summary>What is made, of the normal rows; nothing where a column of theirs is all there is to it.</summary>
    public IReadOnlyList<string> Making { get; private init; } = [];

    /// <summary>The columns of the normal rows that it is made of.</summary>
    public IReadOnlyList<string> Sources { get; private init; } = [];

    /// <summary>What puts the values in their natural order, as the local form has it.</summary>
    public string Order { get; private init; } = string.Empty;

    /// <summary>The words it can be, each at the place of its number; empty for what is no word of an enumeration.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>Whether it is of the time, and so of a capture only when this has been chosen.</summary>
    public bool IsTime => Key.Field.Source == TrafficFieldSource.Time;

    /// <summary>Whether spellings are put together, of which one is shown.</summary>
    public bool IsName => Group != Name;

    /// <summary>The column of a field that is there (<see cref="TrafficLimits"/>).</summary>
    public static TrafficColumn Of(TrafficKey key)
    {
        var field = key.Field;
        var name = field.Name;
        return field.Code switch
        {
            FieldCode.SourceAddress or FieldCode.DestinationAddress => Address(key),
            FieldCode.DestinationPort or FieldCode.Protocol => Plain(key, name, name),

            // Every port has one name, which is given when the answer is read; only the order needs it here.
            FieldCode.Service => Plain(key, nameof(FieldCode.DestinationPort), ServiceOrder()),
            FieldCode.Decision or FieldCode.Direction or FieldCode.Encryption or FieldCode.RuleKind or FieldCode.FlowType => Word(key),
            FieldCode.Hour => Time(key, "bin(FirstSeen, 1h)"),
            FieldCode.Day => Time(key, "startofday(FirstSeen)"),
            FieldCode.HourOfDay => Time(key, "hourofday(FirstSeen)"),
            FieldCode.DayOfWeek => Time(key, "toint(dayofweek(FirstSeen) / 1d)"),
            FieldCode.TargetResourceId => Text(key, "Target"),
            FieldCode.SourceLocation => Location(key, FlowDirection.Inbound),
            FieldCode.DestinationLocation => Location(key, FlowDirection.Outbound),
            _ => Text(key, name),
        };
    }

    private static TrafficColumn Plain(TrafficKey key, string column, string order) => new(key, column, column) { Sources = [column], Order = order };

    private static TrafficColumn Time(TrafficKey key, string making) =>
        new(key, key.Field.Name, key.Field.Name) { Sources = ["FirstSeen"], Making = [$"{key.Field.Name} = {making}"], Order = key.Field.Name };

    private static TrafficColumn Text(TrafficKey key, string column)
    {
        var group = column + "Key";
        return new TrafficColumn(key, column, group) { Sources = [column], Making = [$"{group} = toupper({column})"], Order = group };
    }

    /// <summary>A region; that of Azure's own public addresses, which are at the far end, stands in a column of its own.</summary>
    private static TrafficColumn Location(TrafficKey key, FlowDirection directionFromThere)
    {
        var column = key.Field.Name;
        var group = column + "Key";
        var region = $"iff(isempty({column}) and Direction == \"{directionFromThere}\", AzureRegion, {column})";
        return new TrafficColumn(key, column, group)
        {
            Sources = [column, "AzureRegion", "Direction"],
            Making = [$"{column} = {region}", $"{group} = toupper({region})"],
            Order = group,
        };
    }

    /// <summary>Words of an enumeration whose values are numbered from 0, in their order; what is none comes first.</summary>
    private static TrafficColumn Word(TrafficKey key)
    {
        var name = key.Field.Name;
        var words = Enum.GetNames(key.Field.ValueType);
        var places = KqlText.Of("|" + string.Join("|", words) + "|");
        return new TrafficColumn(key, name, name) { Sources = [name], Order = $"indexof({places}, strcat(\"|\", {name}, \"|\"))", Words = words };
    }

    /// <summary>The long form of an IPv6 address, an IPv4 one as <c>::ffff:a.b.c.d</c>: its order as text is that of the number.</summary>
    private static TrafficColumn Address(TrafficKey key)
    {
        var column = key.Field.Name;
        if (key.Prefix is null)
        {
            return Plain(key, column, $"parse_ipv6_mask({column}, 128)");
        }

        var prefix = column.Replace("Address", "Prefix");
        return new TrafficColumn(key, prefix, prefix)
        {
            Sources = [column],
            Making = [$"{prefix} = parse_ipv6_mask({column}, iff({column} contains \":\", {key.PrefixV6}, {96 + key.PrefixV4}))"],
            Order = prefix,
        };
    }

    private static string ServiceOrder()
    {
        var ports = ServiceNames.Names.Select(static name => ServiceNames.TryGetPorts(name, out var range) ? range : default)
            .Where(static range => range.First == range.Last).Select(static range => (int)range.First).Distinct();
        var cases = ports.OrderBy(static port => port).Select(static port => $"DestinationPort == {port}, {KqlText.Of(ServiceNames.NameOf(port)!.ToUpperInvariant())}");
        return $"case({string.Join(", ", cases)}, tostring(DestinationPort))";
    }
}
