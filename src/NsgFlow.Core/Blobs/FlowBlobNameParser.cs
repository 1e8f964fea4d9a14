using System;

namespace NsgFlow.Blobs;

/// <summary>Walks the segments of a blob name or path once, from left to right.</summary>
internal ref struct FlowBlobNameParser
{
    private readonly string _name;
    private FlowLogKind? _kind;
    private string? _target;
    private string? _resourceId;
    private string? _resourceGroup;
    private string? _subscriptionId;
    private string? _mac;
    private FlowBlobPeriod _period;

    // The segments of the id: how many were seen, where it began, and the key the next one is the value of.
    private bool _isInId;
    private int _idStart;
    private int _idCount;
    private ReadOnlySpan<char> _key;

    private FlowBlobNameParser(string name) => _name = name;

    public static FlowBlobName Parse(string name)
    {
        var parser = new FlowBlobNameParser(name);
        var at = 0;
        while (at <= name.Length)
        {
            var end = at;
            while (end < name.Length && name[end] is not ('/' or '\\'))
            {
                end++;
            }

            parser.Take(at, end);
            at = end + 1;
        }

        return parser.Result();
    }

    private readonly FlowBlobName Result() => new()
    {
        Kind = _kind,
        Target = _target,
        ResourceId = _resourceId,
        ResourceGroup = _resourceGroup,
        SubscriptionId = _subscriptionId,
        MacAddress = _mac,
        Hour = _period.Hour,
        PeriodStart = _period.Start,
        PeriodEnd = _period.End,
    };

    private static bool Is(ReadOnlySpan<char> segment, string text) => segment.Equals(text.AsSpan(), StringComparison.OrdinalIgnoreCase);

    private static bool TryValue(ReadOnlySpan<char> segment, string key, out ReadOnlySpan<char> value)
    {
        var isKey = segment.StartsWith(key.AsSpan(), StringComparison.OrdinalIgnoreCase);
        value = isKey ? segment.Slice(key.Length) : default;
        return isKey;
    }

    private void Take(int start, int end)
    {
        var segment = _name.AsSpan(start, end - start);
        if (segment.IsEmpty)
        {
            return;
        }

        if (TryValue(segment, "resourceId=", out var value))
        {
            Begin(FlowLogKind.Nsg, end - value.Length, value);
        }
        else if (TryValue(segment, "flowLogResourceID=", out value))
        {
            Begin(FlowLogKind.VirtualNetwork, end - value.Length, value);
        }
        else if (TryValue(segment, "macAddress=", out value))
        {
            _isInId = false;
            _mac = Filtering.MacSet.TryNormalize(value, out var mac) ? mac : null;
        }
        else if (segment.Length > 2 && segment[1] == '=')
        {
            _isInId = false;
            _period.Take((char)(segment[0] | 0x20), segment.Slice(2));
        }
        else if (_isInId)
        {
            TakeId(segment, end);
        }
        else if (_kind is null)
        {
            // A mirror may have kept the container's name, and nothing else that tells.
            _kind = Is(segment, FlowContainers.Nsg) ? FlowLogKind.Nsg : Is(segment, FlowContainers.VirtualNetwork) ? FlowLogKind.VirtualNetwork : null;
        }
    }

    /// <summary>An id begins; what stood before was a folder the blobs were copied to.</summary>
    private void Begin(FlowLogKind kind, int valueStart, ReadOnlySpan<char> value)
    {
        var name = _name;
        this = new FlowBlobNameParser(name) { _kind = kind, _isInId = true, _idStart = valueStart };
        if (!value.IsEmpty)
        {
            TakeId(value, valueStart + value.Length);
        }
    }

    private void TakeId(ReadOnlySpan<char> segment, int end)
    {
        if (_idCount == 0 && !Is(segment, "subscriptions"))
        {
            TakeJoined(segment);
        }
        else if (_idCount == 1 && _key.IsEmpty)
        {
            TakeWatcherAndName(segment);
        }
        else if (_key.IsEmpty)
        {
            _key = segment;
        }
        else
        {
            TakePair(segment, end);
            _key = default;
        }

        _idCount++;
    }

    private void TakePair(ReadOnlySpan<char> value, int end)
    {
        if (Is(_key, "subscriptions"))
        {
            _subscriptionId = value.ToString();
        }
        else if (Is(_key, "resourceGroups"))
        {
            _resourceGroup = value.ToString();
        }
        else if (Is(_key, _kind == FlowLogKind.Nsg ? "networkSecurityGroups" : "flowLogs"))
        {
            _target = value.ToString();
            _resourceId = "/" + _name.Substring(_idStart, end - _idStart).Replace('\\', '/').TrimStart('/');
            _isInId = false;
        }
        else if (!Is(_key, "providers") && !Is(_key, "networkWatchers"))
        {
            // Another resource's log in the same layout: no flow log.
            _kind = null;
            _isInId = false;
        }
    }

    /// <summary>The short forms of VNet blobs: <c>{subscription}_{watcher's resource group}/{watcher}_{flow log}</c>.</summary>
    private void TakeJoined(ReadOnlySpan<char> segment)
    {
        if (_kind == FlowLogKind.Nsg)
        {
            _kind = null;
            _isInId = false;
            return;
        }

        var underscore = segment.IndexOf('_');
        if (underscore > 0)
        {
            _subscriptionId = segment.Slice(0, underscore).ToString();
            _resourceGroup = underscore + 1 < segment.Length ? segment.Slice(underscore + 1).ToString() : null;
        }
    }

    /// <summary>A watcher is named NETWORKWATCHER_{region} unless somebody chose another name; regions have no underscore.</summary>
    private void TakeWatcherAndName(ReadOnlySpan<char> segment)
    {
        var from = TryValue(segment, "NETWORKWATCHER_", out var rest) ? segment.Length - rest.Length : 0;
        var underscore = segment.Slice(from).IndexOf('_');
        var name = segment.Slice(underscore < 0 ? from : from + underscore + 1);
        _target = name.IsEmpty ? null : name.ToString();
        _isInId = false;
    }
}
