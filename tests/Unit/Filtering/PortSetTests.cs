using System;
using System.Linq;
using NsgFlow.Filtering;
using Xunit;

namespace NsgFlow.Unit.Filtering;

public class PortSetTests
{
    [Theory]
    [InlineData("443", 443, 443)]
    [InlineData("0", 0, 0)]
    [InlineData("65535", 65535, 65535)]
    [InlineData("8000-8100", 8000, 8100)]
    [InlineData(" 8000 - 8100 ", 8000, 8100)]
    [InlineData("https", 443, 443)]
    [InlineData("SSH", 22, 22)]
    [InlineData("dns", 53, 53)]
    [InlineData("domain", 53, 53)]
    [InlineData("rdp", 3389, 3389)]
    [InlineData("ntp", 123, 123)]
    [InlineData("kubelet", 10250, 10250)]
    [InlineData("postgres", 5432, 5432)]
    [InlineData("ms-sql-s", 1433, 1433)]
    [InlineData("nodeport", 30000, 32767)]
    public void TextMeansPorts(string text, int first, int last)
    {
        Assert.True(PortSet.TryParse(text, out var range, out var error));
        Assert.Null(error);
        Assert.Equal(new PortRange((ushort)first, (ushort)last), range);
    }

    [Theory]
    [InlineData("65536", "65536 is not a port: ports go from 0 to 65535.")]
    [InlineData("99999999999999999999", "99999999999999999999 is not a port: ports go from 0 to 65535.")]
    [InlineData("1-70000", "1-70000 is not a port range: ports go from 0 to 65535.")]
    [InlineData("90-80", "90-80 is not a port range: it ends before it begins.")]
    [InlineData("htps", "htps is not a port: give a number from 0 to 65535, a range (8000-8100) or a service name (https, ssh, dns …).")]
    [InlineData("-5", "-5 is not a port: give a number from 0 to 65535, a range (8000-8100) or a service name (https, ssh, dns …).")]
    [InlineData("", "An empty text is no port.")]
    public void WrongTextIsNamed(string text, string expected)
    {
        Assert.False(PortSet.TryParse(text, out _, out var error));
        Assert.Equal(expected, error);
        Assert.Equal(expected, Assert.Throws<FormatException>(() => PortSet.Parse([text])).Message);
    }

    [Fact]
    public void EveryPortIsAnsweredRightly()
    {
        var set = PortSet.Parse(["0", "22", "63-65", "8000-8100", "8101", "65534-65535"]);
        for (var port = 0; port < 65536; port++)
        {
            var expected = port is 0 or 22 or >= 63 and <= 65 or >= 8000 and <= 8101 or >= 65534;
            Assert.Equal(expected, set.Contains((ushort)port));
        }

        Assert.Equal(["0", "22", "63-65", "8000-8101", "65534-65535"], set.Ranges.Select(range => range.ToString()));
        Assert.Equal(65536, PortSet.Parse(["0-65535"]).Ranges.Sum(range => range.Last - range.First + 1));
        Assert.True(PortSet.Parse([]).IsEmpty);
    }

    [Fact]
    public void NamesLeadToPortsAndBack()
    {
        Assert.InRange(ServiceNames.Names.Count, 80, 150);
        Assert.Equal(ServiceNames.Names.OrderBy(name => name, StringComparer.Ordinal), ServiceNames.Names);
        foreach (var name in ServiceNames.Names)
        {
            Assert.True(ServiceNames.TryGetPorts(name, out var ports));
            Assert.True(PortSet.TryParse(name, out var parsed, out _));
            Assert.Equal(ports, parsed);
            Assert.Equal(ports.First == ports.Last, ServiceNames.NameOf(ports.First) is not null);
        }

        Assert.Equal("https", ServiceNames.NameOf(443));
        Assert.Equal("dns", ServiceNames.NameOf(53));
        Assert.Null(ServiceNames.NameOf(30500));
        Assert.Null(ServiceNames.NameOf(70000));
    }
}
