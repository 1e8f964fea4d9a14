namespace NsgFlow.Filtering;

/// <summary>Reads the texts users give for addresses: <c>10.0.0.1</c>, <c>10.0.0.0/8</c>, <c>10.0.0.1-10.0.0.9</c>, and the same for IPv6.</summary>
internal static class AddressTexts
{
    public static bool TryParse(string text, out AddressRange range, out string? error)
    {
        range = default;
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            error = "An empty text is no address.";
            return false;
        }

        var slash = trimmed.IndexOf('/');
        if (slash >= 0)
        {
            return TryParsePrefix(trimmed, slash, out range, out error);
        }

        var dash = trimmed.IndexOf('-');
        if (dash >= 0)
        {
            return TryParseRange(trimmed, dash, out range, out error);
        }

        if (!TryParseAddress(trimmed, trimmed, out var address, out error))
        {
            return false;
        }

        range = new AddressRange(address, address);
        return true;
    }

    private static bool TryParsePrefix(string text, int slash, out AddressRange range, out string? error)
    {
        range = default;
        var written = text.Substring(0, slash).TrimEnd();
        if (!TryParseAddress(written, text, out var address, out error))
        {
            return false;
        }

        // The family is told by how the address is written: ::ffff:10.0.0.0/104 counts its bits from the IPv6 address' start.
        var isV6 = written.IndexOf(':') >= 0;
        var width = isV6 ? 128 : 32;
        if (!TryParseLength(text, slash + 1, out var length) || length > width)
        {
            error = $"{Shown.Text(text)} is not a prefix: {(isV6 ? "IPv6" : "IPv4")} prefixes go to /{width}.";
            return false;
        }

        var bits = isV6 ? length : length + 96;
        var highMask = bits >= 64 ? ulong.MaxValue : bits == 0 ? 0 : ulong.MaxValue << (64 - bits);
        var lowMask = bits <= 64 ? 0 : ulong.MaxValue << (128 - bits);

        // Host bits may be set (10.0.0.5/24): people copy an interface's address with its prefix length, and the network is what they mean.
        range = new AddressRange(
            new FlowAddress(address.High & highMask, address.Low & lowMask),
            new FlowAddress(address.High | ~highMask, address.Low | ~lowMask));
        return true;
    }

    private static bool TryParseRange(string text, int dash, out AddressRange range, out string? error)
    {
        range = default;
        if (!TryParseAddress(text.Substring(0, dash).Trim(), text, out var first, out error)
            || !TryParseAddress(text.Substring(dash + 1).Trim(), text, out var last, out error))
        {
            return false;
        }

        if (first.IsV4 != last.IsV4)
        {
            error = $"{Shown.Text(text)} is not a range: one end is IPv4, the other IPv6.";
            return false;
        }

        if (last < first)
        {
            error = $"{Shown.Text(text)} is not a range: it ends before it begins.";
            return false;
        }

        range = new AddressRange(first, last);
        return true;
    }

    private static bool TryParseAddress(string text, string whole, out FlowAddress address, out string? error)
    {
        error = null;
        if (FlowAddress.TryParse(text, out address))
        {
            return true;
        }

        var hint = text.IndexOf('%') >= 0 ? " without a zone"
            : text.IndexOf('[') >= 0 ? " without brackets"
            : string.Empty;
        error = ReferenceEquals(text, whole)
            ? $"{Shown.Text(text)} is not an address: give IPv4 (10.0.0.1) or IPv6 (2001:db8::1){hint}, a prefix (10.0.0.0/8) or a range (10.0.0.1-10.0.0.9)."
            : $"{Shown.Text(whole)} is not {(whole.IndexOf('/') >= 0 ? "a prefix" : "a range")}: {Shown.Text(text)} is not an address{hint}.";
        return false;
    }

    private static bool TryParseLength(string text, int at, out int length)
    {
        length = 0;
        var digits = text.Length - at;
        if (digits is < 1 or > 3)
        {
            return false;
        }

        for (; at < text.Length; at++)
        {
            if (text[at] is < '0' or > '9')
            {
                return false;
            }

            length = (length * 10) + (text[at] - '0');
        }

        return true;
    }
}
