using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using NsgFlow.Filtering;
using NsgFlow.KustoTests.Infrastructure;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.KustoTests.Attacks;

/// <summary>
/// Texts of users, and names that come from Azure, cannot become more of a query than the values of its string literals: Microsoft's parser sees the same
/// nodes, tokens and gaps as with harmless texts, and reads from the literals what was put in.
/// </summary>
[Collection(KustoDefinition.Name)]
public sealed partial class AttackTests(KustoParser parser)
{
    // A text is harmless when it is made of one ideograph, a different one for each, as often as the hostile one has characters.
    private const char FirstHarmless = '\u4e00';

    private static readonly IReadOnlyDictionary<string, Func<IReadOnlyList<string>, AnalyticsQuestion>> s_places =
        new Dictionary<string, Func<IReadOnlyList<string>, AnalyticsQuestion>>
        {
            ["-Rule"] = static texts => Filtered(new FlowFilter { Rule = RuleSet.Parse(texts) }),
            ["-ExcludeRule"] = static texts => Filtered(new FlowFilter { ExcludeRule = RuleSet.Parse(texts) }),
            ["-Nsg"] = static texts => Scoped(new FlowScope { Nsg = texts }),
            ["-VirtualNetwork"] = static texts => Scoped(new FlowScope { VirtualNetwork = texts }),
            ["-Subnet"] = static texts => Scoped(new FlowScope { Subnet = texts }),
            ["-NetworkInterface"] = static texts => Scoped(new FlowScope { NetworkInterface = texts }),
            ["-ResourceGroupName"] = static texts => Scoped(new FlowScope { ResourceGroup = texts }),
            ["-SubscriptionId"] = static texts => Scoped(new FlowScope { SubscriptionId = texts }),
            ["-ResourceId"] = static texts => Scoped(new FlowScope { ResourceId = [.. texts.Select(static text => "/subscriptions/a/resourceGroups/" + text)] }),
            ["-Nsg, an id"] = static texts => Scoped(new FlowScope { Nsg = [.. texts.Select(static text => "/x/networkSecurityGroups/" + text)] }),
            ["-VirtualNetwork, an id"] = static texts => Scoped(new FlowScope { VirtualNetwork = [.. texts.Select(static text => "/x/virtualNetworks/" + text)] }),
            ["-Subnet, an id"] = static texts => Scoped(new FlowScope { Subnet = [.. texts.Select(static text => "/x/virtualNetworks/y/subnets/" + text)] }),
            ["-NetworkInterface, an id"] = static texts => Scoped(new FlowScope { NetworkInterface = [.. texts.Select(static text => "/x/networkInterfaces/" + text)] }),
        };

    // What Azure answers is taken as it is: there a star is a star.
    private static readonly IReadOnlyDictionary<string, Func<IReadOnlyList<string>, AnalyticsQuestion>> s_found =
        new Dictionary<string, Func<IReadOnlyList<string>, AnalyticsQuestion>>
        {
            ["an id"] = static texts => Found(new ScopeResources { Text = "found", Ids = [.. texts.Select(static text => Group + "/providers/Microsoft.Network/networkSecurityGroups/" + text)] }),
            ["an id of another kind"] = static texts => Found(new ScopeResources { Text = "found", Ids = [.. texts.Select(static text => "/" + text)] }),
            ["an NSG's GUID"] = static texts => Found(new ScopeResources { Text = "found", NsgGuids = texts.ToList() }),
            ["a MAC"] = static texts => Found(new ScopeResources { Text = "found", MacAddresses = texts.ToList() }),
            ["a part"] = static texts => Found(new ScopeResources
            {
                Text = "found",
                Parts = [.. texts.Select(static text => new ScopePart(Group + "/providers/Microsoft.Network/virtualNetworks/" + text, AddressSet.Parse(["10.0.0.0/8"])))],
            }),
        };

    private const string Group = "/subscriptions/a/resourceGroups/b";

    // What begins or ends with a blank is trimmed, so it goes between two letters; a slash makes an id of a name.
    private static IReadOnlyList<string> Texts { get; } =
    [
        .. HostileTexts.All.Select(static text => text.Trim() == text ? text.Replace('/', '\\') : "x" + text.Replace('/', '\\') + "x").Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    public static IEnumerable<object[]> Places => s_places.Keys.Select(static place => new object[] { place });

    public static IEnumerable<object[]> FoundPlaces => s_found.Keys.Select(static place => new object[] { place });

    [KustoTheory]
    [MemberData(nameof(Places))]
    public Task A_name_stays_a_value(string place) => HoldsAsync(s_places[place], Texts, Unwild, Counted, AnalyticsKql.Topology);

    [KustoTheory]
    [MemberData(nameof(Places))]
    public Task A_name_with_a_wildcard_stays_a_value(string place) => HoldsAsync(s_places[place], Texts, static text => Unwild(text) + "*", Counted, AnalyticsKql.Topology);

    [KustoTheory]
    [MemberData(nameof(FoundPlaces))]
    public Task What_Azure_answers_stays_a_value(string place) => HoldsAsync(s_found[place], Texts, static text => text, Counted, AnalyticsKql.Topology);

    [KustoFact]
    public async Task However_long_it_is()
    {
        await HoldsAsync(s_places["-Rule"], HostileTexts.Long, Unwild, Counted);
        await HoldsAsync(s_places["-Nsg"], HostileTexts.Long, static text => Unwild(text) + "*", Counted);
        await HoldsAsync(s_found["an NSG's GUID"], HostileTexts.Long, static text => text, Counted);
    }

    [Fact]
    public void What_is_no_text_is_refused()
    {
        foreach (var text in HostileTexts.All.Where(static text => text.Trim().Length > 0))
        {
            Assert.Throws<FormatException>(() => AddressSet.Parse([text]));
            Assert.Throws<FormatException>(() => AddressSet.Parse(["10.0.0.4" + text]));
            Assert.Throws<FormatException>(() => PortSet.Parse([text]));
            Assert.Throws<FormatException>(() => PortSet.Parse(["443" + text]));
            Assert.Throws<FormatException>(() => ProtocolSet.Parse([text]));
            Assert.Throws<FormatException>(() => MacSet.Parse([text]));
            Assert.Throws<FormatException>(() => MacSet.Parse(["000D3AF8801A" + text]));
            Assert.Throws<FormatException>(() => EncryptionSet.Parse([text]));
        }
    }

    /// <summary>Asks with hostile texts at one place, and with harmless ones in their stead.</summary>
    private async Task HoldsAsync(
        Func<IReadOnlyList<string>, AnalyticsQuestion> place, IReadOnlyList<string> hostile, Func<string, string> written, params Func<AnalyticsQuestion, string>[] queries)
    {
        var harmless = hostile.Select(static (text, index) => new string((char)(FirstHarmless + index), text.Length)).ToList();
        foreach (var query in queries)
        {
            var attack = await parser.AnalyzeAsync(KqlWorkspace.Full, query(place([.. hostile.Select(written)])), withTree: true);
            var control = await parser.AnalyzeAsync(KqlWorkspace.Full, query(place([.. harmless.Select(written)])), withTree: true);

            Assert.Empty(attack.Diagnostics);
            Assert.Equal("Query", attack.Kind);
            Assert.Equal(control.Shape.Split('\n'), attack.Shape.Split('\n'));
            Assert.Equal(control.Texts.Select(text => Expected(text, hostile)), attack.Texts);
        }
    }

    private static AnalyticsQuestion Filtered(FlowFilter filter) => new() { Filter = filter };

    private static AnalyticsQuestion Scoped(FlowScope scope) => Filtered(new FlowFilter { Scope = scope });

    private static AnalyticsQuestion Found(ScopeResources resources) => Scoped(new FlowScope { Resources = [resources] });

    private static string Counted(AnalyticsQuestion question)
    {
        var script = new KqlScript();
        return script.Text(NormalRows.Of(question, ["Flows"], script) + "| count\n");
    }

    /// <summary>The same name without wildcards.</summary>
    private static string Unwild(string text) => Wild().Replace(text, "`$0");

    /// <summary>A literal of the harmless query as it must be in the other: with the hostile text, which is escaped where the literal is a regular expression.</summary>
    private static string Expected(string literal, IReadOnlyList<string> hostile)
    {
        var isRegex = literal.Contains("(?", StringComparison.Ordinal);
        return Run().Replace(literal, run =>
        {
            var text = hostile[run.Value[0] - FirstHarmless];
            Assert.Equal(text.Length, run.Length);
            return isRegex ? Escaped(text) : text;
        });
    }

    private static string Escaped(string text)
    {
        var regex = Punctuation().Replace(text, "\\$0");
        Assert.Matches("^(?:" + regex + ")\\z", text);
        return regex;
    }

    [GeneratedRegex("[`*?[]")]
    private static partial Regex Wild();

    // All that means something in a regular expression of Kusto's, within a class, too.
    [GeneratedRegex(@"[\\.+*?()|[\]{}^$\-&~#]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"([\u4e00-\u4fff])\1*")]
    private static partial Regex Run();
}
