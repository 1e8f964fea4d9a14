using System.Linq;
using Markdig.Syntax;

namespace NsgFlow.Help.Pages;

/// <summary>Reads an about_ page: the title is its name, the first paragraph its synopsis.</summary>
internal static class TopicReader
{
    // Get-Help takes one line of the text as the synopsis.
    private const int LongestSynopsis = 76;

    public static Topic? Read(PageDocument document)
    {
        if (document.Title is not { } title || document.File != title + ".md")
        {
            document.Problem(0, "The title of an about_ page must be the name of its file.");
            return null;
        }

        if (document.Body is not [ParagraphBlock first, ..])
        {
            document.Problem(0, "The first thing after the title must be a paragraph: the short description.");
            return null;
        }

        var synopsis = PlainText.Of(first);
        if (synopsis.Length > LongestSynopsis)
            document.Problem(first.Line, $"The short description has {synopsis.Length} characters; more than {LongestSynopsis} do not fit its line.");
        return new Topic(document.File, title, synopsis, [.. document.Body.Skip(1)]);
    }
}
