using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;

namespace NsgFlow.Simulator;

/// <summary>The authority's two files: its certificate, and beside it its key, which only the user may read.</summary>
internal static class TestAuthority
{
    private const string Subject = "CN=NsgFlow test CA";

    /// <summary>The certificate with its key; made when it is not there or ends within the hour.</summary>
    public static X509Certificate2 Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var keyPath = Path.ChangeExtension(path, ".key");
        using var held = Hold(keyPath + ".lock");
        if (File.Exists(path) && !File.Exists(keyPath))
        {
            throw new InvalidOperationException($"'{path}' is not a certificate of these tests (it has no key beside it), so it "
                + "is left alone.");
        }

        if (File.Exists(path))
        {
            var known = X509Certificate2.CreateFromPemFile(path, keyPath);
            if (known.Subject != Subject)
            {
                known.Dispose();
                throw new InvalidOperationException($"'{path}' is not a certificate of these tests, so it is left alone.");
            }

            if (known.NotAfter.ToUniversalTime() > DateTime.UtcNow.AddHours(1))
            {
                return known;
            }

            known.Dispose();
        }

        var made = Make();
        using var key = made.GetECDsaPrivateKey()!;

        // The key first: a certificate without one is a stranger's.
        Write(keyPath, key.ExportPkcs8PrivateKeyPem(), isSecret: true);
        Write(path, made.ExportCertificatePem(), isSecret: false);
        return made;
    }

    /// <summary>Writes a file so that nobody sees half of it.</summary>
    public static void Write(string path, string text, bool isSecret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var temporary = path + "." + Guid.NewGuid().ToString("N");
        using (var writer = new StreamWriter(temporary, options))
        {
            writer.Write(text);
            writer.Write('\n');
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddDays(2));
    }

    /// <summary>Processes that start together must not make two authorities.</summary>
    private static FileStream Hold(string path)
    {
        for (var patience = DateTime.UtcNow.AddSeconds(30); ;)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (DateTime.UtcNow < patience)
            {
                Thread.Sleep(20);
            }
        }
    }
}
