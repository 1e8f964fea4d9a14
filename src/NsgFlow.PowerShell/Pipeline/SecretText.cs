using System.Runtime.InteropServices;
using System.Security;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Takes a secret out of its secure string, as late as can be.</summary>
internal static class SecretText
{
    public static string Reveal(SecureString secret)
    {
        var pointer = Marshal.SecureStringToBSTR(secret);
        try
        {
            return Marshal.PtrToStringBSTR(pointer);
        }
        finally
        {
            Marshal.ZeroFreeBSTR(pointer);
        }
    }
}
