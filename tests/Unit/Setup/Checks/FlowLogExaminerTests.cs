using System;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Setup;
using Xunit;
using static NsgFlow.FlowLogCheckResult;

namespace NsgFlow.Unit.Setup.Checks;

public class FlowLogExaminerTests
{
    [Fact]
    public void WhatFlowLogsShareIsAskedForOnceAndNothingIsWritten()
    {
        var arm = Azure();
        var examiner = new FlowLogExaminer(arm, null, () => GoodFacts.Now);
        Assert.NotEmpty(examiner.Examine(new ResourceId(Place.Hub), CancellationToken.None).ToList());
        Assert.NotEmpty(examiner.Examine(new ResourceId(Place.Nsg), CancellationToken.None).ToList());
        Assert.Equal(arm.Requests.Distinct(), arm.Requests);
        Assert.Empty(arm.Writes);
    }

    [Theory]
    [InlineData(Place.Storage, "StorageAccount")]
    [InlineData(Place.Insights, "Provider")]
    [InlineData(Place.Storage + "/managementPolicies/default", "Retention")]
    [InlineData(Place.Hub + "/providers/Microsoft.Authorization/locks", "Locks")]
    [InlineData(Place.Hub, "DoubleLogging")]
    public void ARefusedReadSkipsItsCheckAndNoOther(string path, string check)
    {
        var arm = Azure();
        arm.Fail(path, "ArmAccessDenied");
        var log = Place.Log(Place.HubLog, Place.LogJson(Place.Hub, days: 30));
        var checks = new FlowLogExaminer(arm, null, () => GoodFacts.Now).Examine(log, CancellationToken.None).ToList();
        Assert.Equal(Skipped, checks.Single(row => row.Check == check).Result);
        Assert.Equal(Pass, checks.Single(row => row.Check == "Enabled").Result);
    }

    [Fact]
    public void AStorageAccountThatRefusesIsSaid()
    {
        var log = Place.Log(Place.HubLog, Place.LogJson(Place.Hub));
        var checks = new FlowLogExaminer(Azure(), new Refusing(), () => GoodFacts.Now).Examine(log, CancellationToken.None).ToList();
        Assert.Equal(Fail, checks.Single(row => row.Check == "ReadAccess").Result);
        Assert.Equal(Skipped, checks.Single(row => row.Check == "Data").Result);
    }

    [Fact]
    public void ASubnetOfALoggedNetworkLeadsToTheNetworksLog()
    {
        var checks = new FlowLogExaminer(Azure(), null, () => GoodFacts.Now).Examine(new ResourceId(Place.Apps), CancellationToken.None).ToList();
        Assert.Equal("Subnet 'hub-vnet/apps' is logged by hub-vnet-net-flowlog.", checks.First(row => row.Check == "FlowLog").Message);
        Assert.Contains(checks, row => row.FlowLogId == Place.HubLog && row.Check == "StorageAccount");
    }

    [Fact]
    public void ASubnetUnderALoggedNsgLeadsToTheNsgsLog()
    {
        var arm = Azure().Add(Place.NsgLog, Place.LogJson(Place.Nsg).Replace("NAME", "old-nsg-log", StringComparison.Ordinal));
        arm.Remove(Place.HubLog);
        var checks = new FlowLogExaminer(arm, null, () => GoodFacts.Now).Examine(new ResourceId(Place.Apps), CancellationToken.None).ToList();
        Assert.Equal("Subnet 'hub-vnet/apps' is logged by NSG flow log old-nsg-log.", checks.First(row => row.Check == "FlowLog").Message);
        Assert.Contains(checks, row => row.FlowLogId == Place.NsgLog && row.Check == "StorageAccount");
    }

    [Fact]
    public void ALogThatIsBeingDeletedLogsNothing()
    {
        var arm = Azure().Add(Place.HubLog, Place.LogJson(Place.Hub).Replace("Succeeded", "Deleting", StringComparison.Ordinal));
        var check = new FlowLogExaminer(arm, null, () => GoodFacts.Now).Examine(new ResourceId(Place.Apps), CancellationToken.None).Single(row => row.Check == "FlowLog");
        Assert.Equal((Fail, "Subnet 'hub-vnet/apps' has no flow log."), (check.Result, check.Message));
    }

    private static FakeArm Azure() => Place.Azure()
        .Add(Place.Hub, """{"id":"{id}","name":"hub-vnet","location":"westeurope","properties":{"subnets":[{"id":"SUBNET","name":"apps","properties":{}}]}}""".Replace("SUBNET", Place.Apps, StringComparison.Ordinal))
        .Add(Place.HubLog, Place.LogJson(Place.Hub).Replace("NAME", "hub-vnet-net-flowlog", StringComparison.Ordinal));

    private sealed class Refusing : IFlowArrivals
    {
        public FlowArrival Look(FlowLog log, ArmResource? account, CancellationToken cancellation) =>
            throw new NsgFlowException("StorageAccessDenied", "Refused.", "Ask.");
    }
}
