using System;
using NsgFlow.Azure;
using NsgFlow.Azure.SignIn;
using NsgFlow.Query;
using NsgFlow.Simulator;

namespace NsgFlow.ClientTests.Requests;

/// <summary>What the module asks Log Analytics with.</summary>
internal static class OurLogs
{
    /// <summary>Signs in to a simulator as its administrator.</summary>
    public static ILogs Open(AzureSimulator azure)
    {
        var cloud = AzureCloud.Custom("Simulator", azure.ArmEndpoint.AbsoluteUri, logAnalytics: azure.LogAnalytics.AbsoluteUri, logAnalyticsAudience: "https://api.loganalytics.io/");
        var token = new SignInToken(azure.IssueToken("https://api.loganalytics.io/"), DateTimeOffset.MaxValue);
        return new AzureConnection(cloud, new AzureSignIn(new SignInOptions { AccessToken = token })).OpenLogs(null);
    }
}
