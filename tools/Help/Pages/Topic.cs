using System.Collections.Generic;
using Markdig.Syntax;

namespace NsgFlow.Help.Pages;

/// <summary>One about_ topic: its blocks are kept, since its layout is made when the text is written.</summary>
internal sealed record Topic(string File, string Name, string Synopsis, IReadOnlyList<Block> Blocks);
