using System.Security.Cryptography.X509Certificates;

namespace NsgFlow.Azure.SignIn;

public static partial class ClientCertificates
{
    // .NET Framework cannot read keys in PEM.
    private static X509Certificate2 FromPem(string path, string? password) => throw Unusable(
        $"The certificate '{path}' is no PFX file, and Windows PowerShell can read no other.", "Make a PFX file of it, or use PowerShell 7.");
}
