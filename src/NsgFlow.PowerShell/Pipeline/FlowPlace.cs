using System;
using System.Management.Automation;
using NsgFlow.Blobs;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Where blobs are, and what is asked for there.</summary>
/// <param name="Store">Gives the store for a listing, and is told what of it cannot be looked at; wildcards may mean other paths the next time.</param>
/// <param name="Query">What is asked for.</param>
/// <param name="Target">What it is called in errors; the same for the same store.</param>
internal sealed record FlowPlace(Func<Action<ErrorRecord>, IFlowBlobStore> Store, FlowBlobQuery Query, string Target);
