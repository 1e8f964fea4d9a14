using System;
using System.IO;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NsgFlow.Simulator;

/// <summary>
/// A certificate authority made for the tests, shared by all processes that are told the same file: simulator, Azurite, tests. .NET on Linux
/// trusts what SSL_CERT_FILE names, Node what NODE_EXTRA_CA_CERTS names.
/// </summary>
public static class TestCertificates
{
    /// <summary>Names the file when nothing else does.</summary>
    public const string Variable = "SSL_CERT_FILE";

    /// <summary>The CA's certificate, made when it is not there or about to expire.</summary>
    /// <returns>The full path of the file.</returns>
    public static string CaFile(string? path = null)
    {
        path = Path.GetFullPath(path ?? Told() ?? Path.Combine(Directory.CreateTempSubdirectory("nsgflow-ca-").FullName, "ca.pem"));
        TestAuthority.Open(path).Dispose();
        return path;
    }

    /// <summary>A certificate for this machine's loopback, with its key.</summary>
    public static X509Certificate2 Server(string caFile)
    {
        using var ca = TestAuthority.Open(caFile);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(ca, true, false));
        using var made = request.Create(ca, ca.NotBefore, ca.NotAfter, Guid.NewGuid().ToByteArray());
        using var withKey = made.CopyWithPrivateKey(key);

        // Windows serves TLS only with a key that was imported.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }

    /// <summary>Writes a certificate for loopback and its key for another server: Azurite's <c>--cert</c> and <c>--key</c>.</summary>
    public static (string Certificate, string Key) WriteServerPem(string folder, string? caFile = null)
    {
        Directory.CreateDirectory(folder);
        var ca = CaFile(caFile);
        using var server = Server(ca);
        using var key = server.GetECDsaPrivateKey()!;
        var certificateFile = Path.Combine(folder, "server.pem");
        var keyFile = Path.Combine(folder, "server.key");
        TestAuthority.Write(keyFile, ExportKey(key), isSecret: true);
        TestAuthority.Write(certificateFile, server.ExportCertificatePem() + "\n" + File.ReadAllText(ca), isSecret: false);
        return (certificateFile, keyFile);
    }

    private static string ExportKey(ECDsa key)
    {
        // On Windows a key that came out of a PKCS #12 file can be had in encrypted form only.
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1);
        using var copy = ECDsa.Create();
        copy.ImportEncryptedPkcs8PrivateKey("x", key.ExportEncryptedPkcs8PrivateKey("x", parameters), out _);
        return copy.ExportPkcs8PrivateKeyPem();
    }

    private static string? Told() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null;
}
