using System;
using Microsoft.AspNetCore.Http;

namespace NsgFlow.Simulator;

/// <summary>The headers that all answers of a service have.</summary>
internal static class ServiceHeaders
{
    public static void AddArm(IHeaderDictionary headers, ArmRequest request)
    {
        var id = Guid.NewGuid().ToString("D");
        headers.CacheControl = "no-cache";
        headers["x-ms-request-id"] = id;
        headers["x-ms-correlation-request-id"] = request.Header("x-ms-correlation-request-id") ?? id;
        headers["x-ms-routing-request-id"] = FormattableString.Invariant($"WESTEUROPE:{DateTime.UtcNow:yyyyMMdd'T'HHmmss'Z'}:{id}");
        headers[$"x-ms-ratelimit-remaining-subscription-{(request.Writes ? "writes" : "reads")}"] = "11999";
        if (request.Header("x-ms-return-client-request-id") == "true" && request.Header("x-ms-client-request-id") is { } client)
        {
            headers["x-ms-client-request-id"] = client;
        }
    }

    /// <summary>Log Analytics has no request id in a header: an error's body has a correlationId.</summary>
    public static void AddLogs(IHeaderDictionary headers)
    {
        headers.StrictTransportSecurity = "max-age=15724800; includeSubDomains";
        headers.Via = "1.1 draft-oms-6d5f4c8b9-simul";
        headers.XContentTypeOptions = "nosniff";
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "Retry-After,Age,WWW-Authenticate,x-resource-identities,x-ms-status-location";
        headers.Vary = "Accept-Encoding";
    }
}
