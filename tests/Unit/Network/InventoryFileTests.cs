using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Threading;
using NsgFlow.Network;
using Xunit;

namespace NsgFlow.Unit.Network;

/// <summary>What is written is what is read.</summary>
public sealed class InventoryFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nsgflow-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void EveryPropertyIsWrittenAndRead()
    {
        var filled = (NetworkInventory)Filled(typeof(NetworkInventory), "root");
        var text = Text(filled);
        var read = NetworkInventory.Parse(text);
        Assert.Equal(text, Text(read));
        AssertFilled(read, "root");
    }

    [Fact]
    public void WhatAzureGaveSurvives()
    {
        var inventory = new InventoryBuilder(AzureNetwork.Answers()).Build(new InventoryScope(), CancellationToken.None);
        Assert.Equal(Text(inventory), Text(NetworkInventory.Parse(Text(inventory))));
    }

    [Fact]
    public void AnEmptyInventoryIsOne() => Assert.Empty(NetworkInventory.Parse(Text(new NetworkInventory())).VirtualNetworks);

    [Fact]
    public void SavingReplacesAndLeavesNothingBehind()
    {
        var path = Path.Combine(_folder, "inventory.json");
        new NetworkInventory { ToolVersion = "1" }.Save(path);
        new NetworkInventory { ToolVersion = "2" }.Save(path);
        using (var stream = File.OpenRead(path))
            Assert.Equal("2", NetworkInventory.Read(stream).ToolVersion);
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void AFailureLeavesTheOldFileAndNothingElse()
    {
        var path = Path.Combine(_folder, "sub");
        Directory.CreateDirectory(path);
        Assert.ThrowsAny<SystemException>(() => new NetworkInventory().Save(path));
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }

    private static string Text(NetworkInventory inventory)
    {
        using var stream = new MemoryStream();
        inventory.Write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A value of a type in which nothing is empty; addresses where texts must be addresses.</summary>
    private static object Filled(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return name switch
            {
                "Addresses" or "AddressPrefixes" or "PodRanges" or "ServiceRanges" => "10.0.0.0/24",
                "MacAddress" => "000D3AF8801A",
                "Subnet" => AzureNetwork.Rg + "virtualNetworks/hub/subnets/web",
                _ => "text of " + name,
            };
        }

        if (type == typeof(int))
            return 7;
        if (type == typeof(bool))
            return true;
        if (type == typeof(DateTime))
            return new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);
        if (type.IsGenericType)
        {
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GetGenericArguments()))!;
            list.Add(Filled(type.GetGenericArguments()[0], name));
            return list;
        }

        var made = Activator.CreateInstance(type)!;
        foreach (var property in Own(type))
            property.SetValue(made, Filled(property.PropertyType, property.Name));
        return made;
    }

    private static void AssertFilled(object value, string path)
    {
        foreach (var property in Own(value.GetType()))
        {
            var read = property.GetValue(value);
            Assert.True(read is not null, path + "." + property.Name + " was not read.");
            if (read is string or ValueType)
                continue;
            var items = ((IEnumerable)read).Cast<object>().ToList();
            Assert.True(items.Count == 1, path + "." + property.Name + " was not read.");
            if (items[0] is not string)
                AssertFilled(items[0], path + "." + property.Name);
        }
    }

    private static IEnumerable<PropertyInfo> Own(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);
}
