using System;
using NsgFlow.Azure.SignIn;
using Xunit;

namespace NsgFlow.AzureTests.SignIn;

public sealed class AzureCloudTests
{
    // As Get-AzEnvironment and az cloud list show them.
    [Theory]
    [InlineData("azurecloud", "https://management.azure.com/", "https://login.microsoftonline.com/", "core.windows.net", "https://api.loganalytics.io/")]
    [InlineData("AzureUSGovernment", "https://management.usgovcloudapi.net/", "https://login.microsoftonline.us/", "core.usgovcloudapi.net", "https://api.loganalytics.us/")]
    [InlineData("AzureChinaCloud", "https://management.chinacloudapi.cn/", "https://login.chinacloudapi.cn/", "core.chinacloudapi.cn", "https://api.loganalytics.azure.cn/")]
    public void The_known_ones_have_their_endpoints(string name, string resourceManager, string authority, string suffix, string logs)
    {
        var cloud = AzureCloud.Find(name)!;
        Assert.Equal(resourceManager, cloud.ResourceManager.AbsoluteUri);
        Assert.Equal(resourceManager, cloud.ResourceManagerAudience);
        Assert.Equal(authority, cloud.AuthorityHost.AbsoluteUri);
        Assert.Equal(suffix, cloud.StorageSuffix);
        Assert.Equal(logs, cloud.LogAnalytics.AbsoluteUri);
        Assert.Equal(logs, cloud.LogAnalyticsAudience);
        Assert.False(cloud.IsCustom);
        Assert.Same(cloud, AzureCloud.OfAuthority(authority.TrimEnd('/')));
    }

    [Fact]
    public void A_custom_one_has_its_own_and_otherwise_Azures()
    {
        var cloud = AzureCloud.Custom("Stack", " https://management.stack.test ", storageSuffix: ".stack.test", resourceManagerAudience: "https://management.stack.test/guid");
        Assert.True(cloud.IsCustom);
        Assert.Equal("https://management.stack.test/", cloud.ResourceManager.AbsoluteUri);
        Assert.Equal("https://management.stack.test/guid", cloud.ResourceManagerAudience);
        Assert.Equal("stack.test", cloud.StorageSuffix);
        Assert.Equal(AzureCloud.Public.AuthorityHost, cloud.AuthorityHost);
        Assert.Equal(AzureCloud.Public.LogAnalyticsAudience, cloud.LogAnalyticsAudience);
        Assert.Equal("https://127.0.0.1:8443/", AzureCloud.Custom("Sandbox", "https://127.0.0.1:8443").ResourceManagerAudience);
    }

    [Theory]
    [InlineData("https://api.loganalytics.io", "https://api.loganalytics.io/")]
    [InlineData("https://api.loganalytics.azure.com/", "https://api.loganalytics.io/")]
    [InlineData("https://api.loganalytics.stack.test/v1", "https://api.loganalytics.stack.test/")]
    [InlineData("https://127.0.0.1:8443/logs", "https://127.0.0.1:8443/")]
    public void Tokens_for_Log_Analytics_are_for_its_host(string url, string audience) =>
        Assert.Equal(audience, AzureCloud.Custom("Stack", "https://management.stack.test", logAnalytics: url).LogAnalyticsAudience);

    [Theory]
    [InlineData("Stack", "http://127.0.0.1:8443", null)]
    [InlineData("Stack", "management.stack.test", null)]
    [InlineData("Stack", "https://user:SECRET@management.stack.test", null)]
    [InlineData("Stack", "https://management.stack.test?sig=SECRET", null)]
    [InlineData("Stack", "", null)]
    [InlineData("azurecloud", "https://management.stack.test", null)]
    [InlineData("Stack", "https://management.stack.test", "not a host/")]
    public void What_cannot_be_one_is_refused(string name, string resourceManager, string? suffix)
    {
        var failure = Assert.Throws<NsgFlowException>(() => AzureCloud.Custom(name, resourceManager, storageSuffix: suffix));
        Assert.Equal("EnvironmentInvalid", failure.ErrorId);
        Assert.DoesNotContain("SECRET", failure.ToString(), StringComparison.Ordinal);
    }
}
