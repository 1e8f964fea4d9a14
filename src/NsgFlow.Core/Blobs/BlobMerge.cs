using System;
using System.Collections.Generic;

namespace NsgFlow.Blobs;

/// <summary>
/// Merges listings, each in order of hours, into one in order of hour, target, MAC and name. Blobs without an hour go
/// before the others; a blob that two listings have (of a folder, and of one in it) comes once.
/// </summary>
internal static class BlobMerge
{
    public static IEnumerable<FlowBlob> Merge(IEnumerable<IEnumerable<FlowBlob>> listings)
    {
        var heads = new SortedSet<Head>();
        try
        {
            foreach (var listing in listings)
            {
                var head = new Head(listing.GetEnumerator(), heads.Count);
                if (head.MoveNext())
                {
                    heads.Add(head);
                }
            }

            FlowBlob? last = null;
            while (heads.Count > 0)
            {
                // Stays among the heads while the caller has its blob, so that an enumeration that ends here disposes it too.
                var first = heads.Min!;
                if (!string.Equals(first.Current.Name, last?.Name, StringComparison.Ordinal) || first.Current.Account != last?.Account)
                {
                    last = first.Current;
                    yield return first.Current;
                }

                heads.Remove(first);
                if (first.MoveNext())
                {
                    heads.Add(first);
                }
            }
        }
        finally
        {
            foreach (var head in heads)
            {
                head.Dispose();
            }
        }
    }

    /// <summary>Order of hour, target, MAC, name.</summary>
    public static int Compare(FlowBlob left, FlowBlob right)
    {
        var order = Nullable.Compare(left.Hour, right.Hour);
        return order != 0 ? order : CompareInHour(left, right);
    }

    private static int CompareInHour(FlowBlob left, FlowBlob right)
    {
        var order = string.Compare(left.Target, right.Target, StringComparison.OrdinalIgnoreCase);
        order = order != 0 ? order : string.CompareOrdinal(left.MacAddress, right.MacAddress);
        return order != 0 ? order : string.CompareOrdinal(left.Name, right.Name);
    }

    private sealed class Head : IComparable<Head>
    {
        private readonly IEnumerator<FlowBlob> _listing;
        private readonly int _number;
        private DateTime? _hour;

        public Head(IEnumerator<FlowBlob> listing, int number)
        {
            _listing = listing;
            _number = number;
        }

        public FlowBlob Current => _listing.Current;

        /// <summary>A file without an hour deep in a tree counts by the hour before it, so that its tree's order stays an order.</summary>
        public bool MoveNext()
        {
            if (!_listing.MoveNext())
            {
                _listing.Dispose();
                return false;
            }

            _hour = Nullable.Compare(Current.Hour, _hour) > 0 ? Current.Hour : _hour;
            return true;
        }

        public void Dispose() => _listing.Dispose();

        public int CompareTo(Head? other)
        {
            if (other is null)
            {
                return 1;
            }

            var order = Nullable.Compare(_hour, other._hour);
            order = order != 0 ? order : CompareInHour(Current, other.Current);
            return order != 0 ? order : _number.CompareTo(other._number);
        }
    }
}
