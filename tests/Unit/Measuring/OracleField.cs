using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using NsgFlow.Filtering;
using NsgFlow.Network;
using NsgFlow.Unit.Parsing;

namespace NsgFlow.Unit.Measuring;

/// <summary>A value of a field: as it is shown, and as text whose order (by code points) is the documented one and which is the same for the same value.</summary>
public sealed record OracleValue(object? Shown, string Sort);

/// <summary>Values of fields by their names, straight from the documentation of TrafficField.</summary>
public sealed class OracleField
{
    private static readonly Dictionary<string, FlowEncryption> _encryption = new(StringComparer.Ordinal)
    {
        ["X"] = FlowEncryption.Encrypted,
        ["NX"] = FlowEncryption.NotEncrypted,
        ["NX_HW_NOT_SUPPORTED"] = FlowEncryption.HardwareNotSupported,
        ["NX_SW_NOT_READY"] = FlowEncryption.SoftwareNotReady,
        ["NX_NOT_ACCEPTED"] = FlowEncryption.NotAccepted,
        ["NX_NOT_SUPPORTED"] = FlowEncryption.NotSupported,
        ["NX_LOCAL_DST"] = FlowEncryption.LocalDestination,
        ["NX_FALLBACK"] = FlowEncryption.Fallback,
    };

    private readonly string _name;
    private readonly int? _prefix;
    private readonly NetworkMap _map;

    private OracleField(string name, int? prefix, NetworkMap map)
    {
        _name = name;
        _prefix = prefix;
        _map = map;
    }

    public string Name => _name;

    /// <summary>Values that differ in time only belong to one flow.</summary>
    public bool IsTime => _name is "Hour" or "Day" or "HourOfDay" or "DayOfWeek";

    public static List<OracleField> Parse(IEnumerable<string> by, NetworkMap map) =>
        by.SelectMany(text => text == "Conversation" ? new[] { "SourceAddress", "DestinationAddress", "DestinationPort", "Protocol" } : [text])
            .Distinct()
            .Select(text => text.Split('/'))
            .Select(parts => new OracleField(parts[0], parts.Length == 2 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : null, map))
            .ToList();

    /// <summary>Text of a 128-bit address, by System.Net.</summary>
    public static string AddressText(ulong high, ulong low)
    {
        if (IsV4(high, low))
            return string.Join(".", new[] { low >> 24, low >> 16, low >> 8, low }.Select(o => (o & 0xFF).ToString(CultureInfo.InvariantCulture)));
        var bytes = Enumerable.Range(0, 16).Select(i => (byte)((i < 8 ? high : low) >> (56 - (8 * (i % 8))))).ToArray();
        return new IPAddress(bytes).ToString();
    }

    public static bool IsV4(ulong high, ulong low) => high == 0 && low >> 32 == 0xFFFF;

    public static DateTime Time(long milliseconds) => DateTime.UnixEpoch.AddTicks(milliseconds * TimeSpan.TicksPerMillisecond);

    public OracleValue Of(OracleTuple tuple)
    {
        var fields = tuple.Fields;
        var context = tuple.Context;
        var time = Time(fields.Milliseconds);
        var isVnet = context.Kind == FlowLogKind.VirtualNetwork;
        return _name switch
        {
            "SourceAddress" => Address(fields.SourceHigh, fields.SourceLow),
            "DestinationAddress" => Address(fields.DestinationHigh, fields.DestinationLow),
            "SourcePort" => Number(fields.SourcePort),
            "DestinationPort" => Number(fields.DestinationPort),
            "Protocol" => int.TryParse(fields.Protocol, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new OracleValue((FlowProtocol)number, number.ToString("D6", CultureInfo.InvariantCulture))
                : new OracleValue(fields.Protocol, "9" + fields.Protocol),
            "Service" => Text(ServiceNames.NameOf(fields.DestinationPort) ?? fields.DestinationPort.ToString(CultureInfo.InvariantCulture)),
            "Decision" => Enumerated(fields.Decision),
            "State" => fields.State == FlowState.None ? new OracleValue(null, "") : Enumerated(fields.State),
            "Encryption" => fields.Encryption is not { } code ? new OracleValue(null, "")
                : _encryption.TryGetValue(code, out var known) ? Enumerated(known)
                : new OracleValue(code, "9" + code),
            "Direction" => Enumerated(fields.Direction),
            "Rule" => Text(context.Rule),
            "RuleKind" => context.Rule is null ? new OracleValue(null, "") : Enumerated(context.RuleKind),
            "Nsg" => Text(Segment(isVnet ? context.AclId : context.Target, "networkSecurityGroups")),
            "AclId" => Text(context.AclId),
            "MacAddress" => Text(context.Mac),
            "TargetResourceId" => Text(context.Target),
            "ResourceGroup" => Text(Segment(context.Target, "resourceGroups")),
            "SubscriptionId" => Text(Segment(context.Target, "subscriptions")),
            "FormatVersion" => Number(context.FormatVersion),
            "Blob" => Text(tuple.Blob),
            "VirtualNetwork" => Text(Segment(context.Target, "virtualNetworks") ?? Own(fields).VirtualNetwork),
            "Subnet" => Text(Segment(context.Target, "subnets") ?? Own(fields).Subnet),
            "NetworkInterface" => Text(Segment(context.Target, "networkInterfaces") ?? Own(fields).NetworkInterface),
            "Location" => Text(Own(fields).Location),
            "FlowType" => Enumerated(_map.TypeOf(Source(fields).Index, Destination(fields).Index, fields.Direction)),
            "SourceVirtualNetwork" => Text(Source(fields).VirtualNetwork),
            "SourceSubnet" => Text(Source(fields).Subnet),
            "SourceLocation" => Text(Source(fields).Location),
            "SourceServiceTag" => Text(Source(fields).ServiceTag),
            "DestinationVirtualNetwork" => Text(Destination(fields).VirtualNetwork),
            "DestinationSubnet" => Text(Destination(fields).Subnet),
            "DestinationLocation" => Text(Destination(fields).Location),
            "DestinationServiceTag" => Text(Destination(fields).ServiceTag),
            "ThreatType" => Text(Threat(Source(fields)) ?? Threat(Destination(fields))),
            "Hour" => Moment(time.Date.AddHours(time.Hour)),
            "Day" => Moment(time.Date),
            "HourOfDay" => Number(time.Hour),
            "DayOfWeek" => Enumerated(time.DayOfWeek),
            _ => throw new ArgumentException("The oracle does not know the field " + _name),
        };
    }

    private static string? Threat(NetworkPlace place) => place.ThreatType ?? (place.Kind == PlaceKind.Malicious ? "WatchList" : null);

    private static string? Segment(string? id, string key)
    {
        var match = Regex.Match(id ?? string.Empty, "(^|/)" + key + "/([^/]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        return match.Success ? match.Groups[2].Value : null;
    }

    private static OracleValue Text(string? text) => new(text, text is null ? "" : "1" + text.ToUpperInvariant());

    private static OracleValue Number(int number) => new(number, "1" + number.ToString("D10", CultureInfo.InvariantCulture));

    private static OracleValue Moment(DateTime time) => new(time, time.Ticks.ToString("D20", CultureInfo.InvariantCulture));

    private static OracleValue Enumerated<T>(T value)
        where T : struct, Enum => new(value, "1" + Convert.ToInt32(value, CultureInfo.InvariantCulture).ToString("D6", CultureInfo.InvariantCulture));

    private static ulong Ones(int bits) => bits <= 0 ? 0 : bits >= 64 ? ulong.MaxValue : ulong.MaxValue << (64 - bits);

    private OracleValue Address(ulong high, ulong low)
    {
        var isV4 = IsV4(high, low);
        var bits = _prefix is not { } prefix ? (isV4 ? 32 : 128) : isV4 ? Math.Min(prefix, 32) : prefix <= 32 ? 64 : prefix;
        high &= isV4 ? ulong.MaxValue : Ones(bits);
        low &= isV4 ? Ones(32 + bits) : Ones(bits - 64);
        var suffix = bits == (isV4 ? 32 : 128) ? "" : "/" + bits.ToString(CultureInfo.InvariantCulture);
        return new OracleValue(AddressText(high, low) + suffix, high.ToString("X16", CultureInfo.InvariantCulture) + low.ToString("X16", CultureInfo.InvariantCulture));
    }

    private NetworkPlace Source(TupleFields fields) => _map.PlaceOf(new FlowAddress(fields.SourceHigh, fields.SourceLow));

    private NetworkPlace Destination(TupleFields fields) => _map.PlaceOf(new FlowAddress(fields.DestinationHigh, fields.DestinationLow));

    private NetworkPlace Own(TupleFields fields) => fields.Direction == FlowDirection.Outbound ? Source(fields) : Destination(fields);
}
