using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NsgFlow.Azure.SignIn;

/// <summary>Finds the certificate that an application signs in with, and sees at once whether it can.</summary>
public static partial class ClientCertificates
{
    /// <summary>A certificate with its private key from a PFX file, or from a PEM file that has both (not on .NET Framework).</summary>
    /// <exception cref="NsgFlowException"><c>CertificateUnusable</c>.</exception>
    public static X509Certificate2 FromFile(string path, string? password)
    {
        try
        {
            return Check(IsPem(path) ? FromPem(path, password) : new X509Certificate2(path, password, Keep()), $"The certificate '{path}'");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable($"The certificate '{path}' cannot be read: {failure.Message}", "Check the path and the permissions of the file.");
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            // The library's own words differ from system to system, and say no more.
            throw Unusable(
                $"The certificate '{path}' cannot be opened: its password is wrong or missing, or it is no PFX or PEM file with a certificate and its private key.",
                "Check -CertificatePassword and the file.");
        }
    }

    /// <summary>A certificate of the current user's store, or of the machine's.</summary>
    /// <exception cref="NsgFlowException"><c>CertificateUnusable</c>.</exception>
    public static X509Certificate2 FromStore(string thumbprint)
    {
        foreach (var location in new[] { StoreLocation.CurrentUser, StoreLocation.LocalMachine })
        {
            using var store = new X509Store(StoreName.My, location);
            try
            {
                store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            }
            catch (CryptographicException)
            {
                // There is no such store: outside Windows there is none of the machine.
                continue;
            }

            // Also those that have expired, since the message then says so.
            var found = store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false);
            if (found.Count > 0)
            {
                return Check(found[0], $"The certificate {thumbprint}");
            }
        }

        throw Unusable(
            $"There is no certificate {thumbprint} in the store My of the current user or the machine.", "Check the thumbprint, and as whom the session runs.");
    }

    private static X509Certificate2 Check(X509Certificate2 certificate, string what)
    {
        if (!certificate.HasPrivateKey)
        {
            throw Unusable($"{what} has no private key, or this user may not use it.", "Give the file or store entry with the private key.");
        }

        return certificate.NotAfter.ToUniversalTime() < DateTime.UtcNow
            ? throw Unusable($"{what} expired at {certificate.NotAfter.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}.", "Make a new certificate and add it to the application.")
            : certificate;
    }

    private static bool IsPem(string path)
    {
        using var file = File.OpenRead(path);
        var head = new byte[1];

        // PFX is DER, which begins with a sequence (0x30); PEM is text, with or without words before the first line of dashes.
        return file.Read(head, 0, 1) == 1 && head[0] != 0x30;
    }

    // Keys on Windows would otherwise be written to the profile, which a sandbox does not have; elsewhere they never are.
    private static X509KeyStorageFlags Keep() =>
        Environment.OSVersion.Platform == PlatformID.Win32NT ? X509KeyStorageFlags.EphemeralKeySet : X509KeyStorageFlags.DefaultKeySet;

    private static NsgFlowException Unusable(string message, string action) => new("CertificateUnusable", message, action);
}
