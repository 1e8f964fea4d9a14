using System;

namespace NsgFlow.Azure.Storage;

/// <summary>A blob was replaced, not appended to, while it was read: the bytes already handed out have no continuation.</summary>
internal sealed class BlobReplacedException(string message) : Exception(message);
