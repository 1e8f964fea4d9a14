using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using NsgFlow.Samples;
using Xunit;

namespace NsgFlow.Unit.Samples;

/// <summary>The same seed gives the same bytes, and what cannot be made is refused.</summary>
public sealed class SampleSeedTests
{
    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("de-DE")]
    public void Culture_changes_no_byte(string culture)
    {
        foreach (var format in Enum.GetValues<FlowSampleFormat>())
        {
            var options = new FlowSampleOptions { Format = format, TuplesPerMinute = 40 };
            var expected = Hash(options);
            var before = CultureInfo.CurrentCulture;
            try
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);
                Assert.Equal(expected, Hash(options));
            }
            finally
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
            }
        }
    }

    /// <summary>Fixed for ever: another value here means that every sample out there changed.</summary>
    [Theory]
    [InlineData(FlowSampleFormat.Nsg1, "4F468A52CECA7AAF95BEEED3F01345719B1E16772D74D3F4ECF7BBC1AE4A5778")]
    [InlineData(FlowSampleFormat.Nsg2, "32706E9FB303245A45005DD54966BDF3244DFB11388C93D71563CE32438655C4")]
    [InlineData(FlowSampleFormat.VNet4, "AD97F48F0FA0E8DD021E236D54734B299B86354FC339706C243F077D7AD5A2BD")]
    public void Bytes_stay_what_they_were(FlowSampleFormat format, string hash) =>
        Assert.Equal(hash, Hash(new FlowSampleOptions { Format = format, Nic = 3 }));

    [Fact]
    public void Seeds_differ()
    {
        var hashes = Enumerable.Range(-3, 20).Select(seed => Hash(new FlowSampleOptions { Seed = seed, Hours = 1, TuplesPerMinute = 5 }));
        Assert.Equal(20, hashes.Distinct().Count());
        Assert.NotEqual(
            new FlowSampleGenerator(new FlowSampleOptions { Seed = 1 }).Truth.MacAddresses,
            new FlowSampleGenerator(new FlowSampleOptions { Seed = 2 }).Truth.MacAddresses);
    }

    [Fact]
    public void Each_enumeration_starts_anew()
    {
        var generator = new FlowSampleGenerator(new FlowSampleOptions { Hours = 1 });
        var first = generator.Generate().Select(b => Encoding.UTF8.GetString(b.ToArray())).ToList();
        var tuples = generator.Truth.Tuples;
        Assert.Equal(first, generator.Generate().Select(b => Encoding.UTF8.GetString(b.ToArray())));
        Assert.Equal(tuples, generator.Truth.Tuples);
    }

    [Fact]
    public void A_longer_sample_begins_like_a_shorter_one()
    {
        var one = new FlowSampleGenerator(new FlowSampleOptions { Hours = 2 }).Generate().First().ToArray();
        var other = new FlowSampleGenerator(new FlowSampleOptions { Hours = 5 }).Generate().First().ToArray();
        Assert.Equal(one, other);
    }

    [Fact]
    public void Start_time_of_any_kind_is_an_hour_in_utc()
    {
        var utc = new DateTime(2027, 3, 28, 1, 0, 0, DateTimeKind.Utc);
        var expected = Hash(new FlowSampleOptions { StartTime = utc });
        Assert.Equal(expected, Hash(new FlowSampleOptions { StartTime = utc.ToLocalTime() }));
        Assert.Equal(expected, Hash(new FlowSampleOptions { StartTime = DateTime.SpecifyKind(utc, DateTimeKind.Unspecified) }));
    }

    [Fact]
    public void Macs_are_distinct()
    {
        var truth = new FlowSampleGenerator(new FlowSampleOptions { Nic = FlowSampleOptions.MostNics }).Truth;
        Assert.Equal(FlowSampleOptions.MostNics, truth.MacAddresses.Distinct().Count());
    }

    [Fact]
    public void What_cannot_be_made_is_refused()
    {
        FlowSampleOptions[] bad =
        [
            new() { Hours = 0 },
            new() { Hours = FlowSampleOptions.MostHours + 1 },
            new() { Nic = 0 },
            new() { Nic = FlowSampleOptions.MostNics + 1 },
            new() { TuplesPerMinute = 0 },
            new() { TuplesPerMinute = FlowSampleOptions.MostTuplesPerMinute + 1 },
            new() { Format = (FlowSampleFormat)9 },
            new() { Scenario = (FlowSampleScenario)9 },
            new() { StartTime = new DateTime(2026, 1, 1, 0, 30, 0, DateTimeKind.Utc) },
            new() { StartTime = new DateTime(1999, 1, 1, 0, 0, 0, DateTimeKind.Utc) },
            new() { Nsg = "a/b" },
            new() { Nsg = "quote\"d" },
            new() { VirtualNetwork = "" },
            new() { ResourceGroup = ".." },
        ];
        Assert.All(bad, options => Assert.ThrowsAny<ArgumentException>(() => new FlowSampleGenerator(options)));
    }

    private static string Hash(FlowSampleOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var blob in new FlowSampleGenerator(options).Generate())
        {
            hash.AppendData(Encoding.UTF8.GetBytes(blob.Container + "/" + blob.Name));
            hash.AppendData(blob.ToArray());
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
