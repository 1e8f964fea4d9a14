using System;
using NsgFlow.Arm;
using NsgFlow.Azure;
using NsgFlow.Azure.Arm;
using NsgFlow.Azure.SignIn;
using NsgFlow.Simulator;

namespace NsgFlow.ClientTests.Requests;

/// <summary>What the module asks Azure with.</summary>
internal static class OurArm
{
    /// <summary>Signs in to a simulator as its administrator.</summary>
    public static IArm Open(AzureSimulator azure)
    {
        var cloud = AzureCloud.Custom("Simulator", azure.ArmEndpoint.AbsoluteUri, resourceManagerAudience: "https://management.azure.com/");
        var token = new SignInToken(azure.IssueToken(), DateTimeOffset.MaxValue);
        var connection = new AzureConnection(cloud, new AzureSignIn(new SignInOptions { AccessToken = token }));
        return new ArmAdapter(connection, null, new ArmTuning { PollDelay = TimeSpan.FromMilliseconds(20) });
    }
}
