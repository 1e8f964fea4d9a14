using System.Security.Cryptography.X509Certificates;

namespace NsgFlow.Azure.SignIn;

public static partial class ClientCertificates
{
    private static X509Certificate2 FromPem(string path, string? password) =>
        password is null ? X509Certificate2.CreateFromPemFile(path) : X509Certificate2.CreateFromEncryptedPemFile(path, password);
}
