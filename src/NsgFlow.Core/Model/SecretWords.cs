using System.Text.RegularExpressions;

namespace NsgFlow;

/// <summary>Takes what looks like a secret out of words of others: an answer may repeat the token or the signature that was sent.</summary>
internal static class SecretWords
{
    private static readonly Regex s_secret = new(@"eyJ[\w-]+\.[\w-]+(\.[\w-]*)?|(?<=\bsig=)[^&\s'""]+", RegexOptions.CultureInvariant);

    /// <summary>The text with <c>***</c> in their place.</summary>
    public static string Hide(string text) => s_secret.Replace(text, "***");
}
