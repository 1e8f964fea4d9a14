using System;

namespace NsgFlow;

/// <summary>
/// An ARM id, compared without case (blob paths carry upper-case copies, ARM itself answers in several spellings); the text is kept as given.
/// </summary>
public readonly struct ResourceId : IEquatable<ResourceId>
{
    private readonly string? _text;

    /// <summary>Wraps an id; nothing is checked.</summary>
    public ResourceId(string? text) => _text = text;

    /// <summary>The id as given; empty for <c>default</c>.</summary>
    public string Text => _text ?? string.Empty;

    /// <summary>The subscription's id, or null.</summary>
    public string? SubscriptionId => Segment("subscriptions");

    /// <summary>Name of the resource group, or null.</summary>
    public string? ResourceGroup => Segment("resourceGroups");

    /// <summary>Name of the network security group the id names, or null when it names something else.</summary>
    public string? Nsg => Segment("networkSecurityGroups");

    /// <summary>Name of the virtual network the id names or lies in, or null.</summary>
    public string? VirtualNetwork => Segment("virtualNetworks");

    /// <summary>Name of the subnet the id names, or null.</summary>
    public string? Subnet => Segment("subnets");

    /// <summary>Name of the network interface the id names, or null.</summary>
    public string? NetworkInterface => Segment("networkInterfaces");

    /// <summary>The last part: the resource's own name; null when empty.</summary>
    public string? Name
    {
        get
        {
            var text = Text.TrimEnd('/');
            var name = text.Substring(text.LastIndexOf('/') + 1);
            return name.Length == 0 ? null : name;
        }
    }

    /// <summary>The ARM type of the resource (<c>Microsoft.Network/virtualNetworks/subnets</c>), of a group or of a subscription; null when it names none of these.</summary>
    public string? Type
    {
        get
        {
            var parts = Text.Trim('/').Split('/');
            var at = Array.FindLastIndex(parts, static part => part.Equals("providers", StringComparison.OrdinalIgnoreCase));
            if (at < 0)
            {
                return !parts[0].Equals("subscriptions", StringComparison.OrdinalIgnoreCase) ? null
                    : parts.Length == 2 ? "Microsoft.Resources/subscriptions"
                    : parts.Length == 4 && parts[2].Equals("resourceGroups", StringComparison.OrdinalIgnoreCase) ? "Microsoft.Resources/subscriptions/resourceGroups"
                    : null;
            }

            // The provider, then types and names by turns.
            var rest = parts.Length - at - 2;
            if (rest < 2 || rest % 2 != 0)
            {
                return null;
            }

            var type = parts[at + 1];
            for (var i = at + 2; i < parts.Length; i += 2)
            {
                type += "/" + parts[i];
            }

            return type;
        }
    }

    /// <summary>The id of what the resource lies in (a subnet's virtual network); empty when it has two segments or fewer.</summary>
    public ResourceId Parent
    {
        get
        {
            var text = Text.TrimEnd('/');
            var type = text.LastIndexOf('/', Math.Max(0, text.LastIndexOf('/') - 1));
            return new ResourceId(type <= 0 ? string.Empty : text.Substring(0, type));
        }
    }

    /// <summary>Equal but for case.</summary>
    public static bool operator ==(ResourceId left, ResourceId right) => left.Equals(right);

    /// <summary>Different by more than case.</summary>
    public static bool operator !=(ResourceId left, ResourceId right) => !left.Equals(right);

    /// <summary>The value that follows a key in the id's path (<c>/subscriptions/{value}/…</c>), or null.</summary>
    public string? Segment(string key)
    {
        if (key is null)
        {
            throw new ArgumentNullException(nameof(key));
        }

        var text = Text;
        for (var at = 0; at < text.Length;)
        {
            var slash = text.IndexOf('/', at);
            var end = slash < 0 ? text.Length : slash;
            if (end - at == key.Length && string.Compare(text, at, key, 0, key.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                if (slash < 0)
                {
                    return null;
                }

                var next = text.IndexOf('/', slash + 1);
                var value = next < 0 ? text.Substring(slash + 1) : text.Substring(slash + 1, next - slash - 1);
                return value.Length == 0 ? null : value;
            }

            at = end + 1;
        }

        return null;
    }

    /// <inheritdoc/>
    public bool Equals(ResourceId other) => string.Equals(Text, other.Text, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ResourceId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
