using System;

namespace NsgFlow.Following;

/// <summary>Where a checkpoint is kept. From opening until <see cref="IDisposable.Dispose"/> no other run can have it.</summary>
public interface ICheckpointStore : IDisposable
{
    /// <summary>For messages, without secrets.</summary>
    string Name { get; }

    /// <summary>What was written last; null when there is none yet.</summary>
    /// <exception cref="NsgFlowException">It cannot be read.</exception>
    byte[]? Read();

    /// <summary>Replaces it as a whole; durable when this returns.</summary>
    /// <exception cref="NsgFlowException">It is as it was; or <c>CheckpointLost</c>, and another run has it now.</exception>
    void Write(byte[] bytes);
}
