using System;
using System.Linq;
using NsgFlow.Azure.Storage;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.Blobs;
using Xunit;

namespace NsgFlow.AzureTests.Storage;

public sealed class ListingPlanTests
{
    [Theory]
    [InlineData("2026-11-20T08:00", "2026-11-20T08:59", "d=20/h=08/ d=20/h=09/")]
    [InlineData("2026-11-20T08:00", "2026-11-20T08:50", "d=20/h=08/")]
    [InlineData("2026-11-20T02:00", "2026-11-20T12:00", "d=20/")]
    [InlineData("2026-11-19T22:00", "2026-11-20T12:00", "d=19/h=22/ d=19/h=23/ d=20/")]
    [InlineData("2026-11-03T22:00", "2026-11-20T01:30", "")]
    public void Hours_become_days_and_days_months_when_they_are_many(string start, string end, string expected)
    {
        var steps = ListingPlan.Steps(Query(start, end), FlowBlobs.Now);
        Assert.Equal(expected.Split(' ').Select(static s => "y=2026/m=11/" + s), steps);
    }

    [Fact]
    public void Every_hour_asked_for_is_in_exactly_one_step()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var start = FlowBlobs.Now.AddHours(-random.Next(1, 20_000));
            var end = start.AddHours(random.Next(1, random.Next(2, 3_000)));
            var steps = ListingPlan.Steps(new FlowBlobQuery { Start = start, End = end }, FlowBlobs.Now);
            Assert.Equal(steps.Order(StringComparer.Ordinal), steps);
            for (var hour = start.Date.AddHours(start.Hour); hour < end && hour <= FlowBlobs.Now; hour = hour.AddHours(1))
            {
                var name = FlowBlobs.Name(string.Empty, hour);
                Assert.Single(steps, step => name.StartsWith(step, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Without_a_start_there_is_one_step() => Assert.Equal([string.Empty], ListingPlan.Steps(FlowBlobQuery.Everything, FlowBlobs.Now));

    private static FlowBlobQuery Query(string start, string end) => new() { Start = Utc(start), End = Utc(end) };

    private static DateTime Utc(string text) => DateTime.Parse(text + "Z", null, System.Globalization.DateTimeStyles.AdjustToUniversal);
}
