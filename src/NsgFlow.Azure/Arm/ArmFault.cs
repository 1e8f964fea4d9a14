using NsgFlow.Arm;
using NsgFlow.Azure.SignIn;

namespace NsgFlow.Azure.Arm;

/// <summary>The service's own words for what went wrong.</summary>
internal sealed class ArmFault
{
    private ArmFault(string? code, string? message)
    {
        Code = code is null ? null : SafeText.FirstLine(code);
        Text = SecretWords.Hide(message ?? string.Empty);
    }

    /// <summary>The code (<c>AuthorizationFailed</c>), or null.</summary>
    public string? Code { get; }

    /// <summary>The message, whole.</summary>
    public string Text { get; }

    /// <summary>The message, fit for ours: one line without its full stop.</summary>
    public string Line => SafeText.FirstLine(Text).TrimEnd('.');

    /// <summary>Whether it is about another write that has not ended, so that the same request may succeed later.</summary>
    public bool IsBusy => Code is "AnotherOperationInProgress" or "RetryableError";

    /// <summary>
    /// Finds the words in an answer: <c>{"error":{…}}</c> or <c>{"code":…}</c>. A wrapper says <c>BadRequest</c> or <c>OperationFailed</c> and has the reason in
    /// its <c>details</c>, so the innermost one counts.
    /// </summary>
    public static ArmFault Of(ArmNode body)
    {
        var at = body["error"].Exists ? body["error"] : body;
        var code = at["code"].Text;
        var message = at["message"].Text;
        for (var inner = FirstDetail(at); inner.Exists; inner = FirstDetail(inner))
        {
            code = inner["code"].Text;
            message = inner["message"].Text is { Length: > 0 } text ? text : message;
        }

        return new ArmFault(code, message);
    }

    private static ArmNode FirstDetail(ArmNode fault)
    {
        foreach (var detail in fault["details"].Items)
        {
            if (detail["code"].Text is { Length: > 0 })
                return detail;
        }

        return default;
    }
}
