using System;
using System.Globalization;

namespace NsgFlow.Measuring;

/// <summary>The time of the flows has more buckets than can be filled: the bucket is too short, or a tuple's time far off.</summary>
public sealed class TrafficBucketsException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="first">Start of the first bucket, UTC.</param>
    /// <param name="last">Start of the last bucket, UTC.</param>
    /// <param name="count">Number of buckets.</param>
    public TrafficBucketsException(DateTime first, DateTime last, long count)
        : base(string.Format(
            CultureInfo.InvariantCulture,
            "From {0:yyyy-MM-dd HH:mm:ss}Z to {1:yyyy-MM-dd HH:mm:ss}Z there are {2:N0} buckets; at most {3:N0} can be made.",
            first,
            last,
            count,
            TrafficQuery.MostBuckets))
    {
    }
}
