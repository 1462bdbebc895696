using System.Text;

namespace NanoFormer.Training.Cards;

/// <summary>Breaks the paragraphs of a page (Markdown) into lines; headings, tables and indented text stay as they are.</summary>
internal static class Prose
{
    private const int Columns = 140;

    /// <summary>The page with no line of prose over 140 characters, except longer words.</summary>
    public static string Wrap(string page)
    {
        var wrapped = new StringBuilder();
        var paragraph = new List<string>();
        foreach (string line in page.TrimEnd('\n').Split('\n'))
        {
            if (IsProse(line))
            {
                paragraph.AddRange(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
                continue;
            }

            End(wrapped, paragraph);
            wrapped.Append(line).Append('\n');
        }

        End(wrapped, paragraph);
        return wrapped.ToString();
    }

    private static bool IsProse(string line) =>
        line.Length > 0 && !line.StartsWith('#') && !line.StartsWith('|') && !line.StartsWith("    ", StringComparison.Ordinal);

    private static void End(StringBuilder wrapped, List<string> words)
    {
        int used = 0;
        foreach (string word in words)
        {
            bool fits = used > 0 && used + 1 + word.Length <= Columns;
            wrapped.Append(fits ? " " : used > 0 ? "\n" : "").Append(word);
            used = fits ? used + 1 + word.Length : word.Length;
        }

        if (words.Count > 0)
        {
            wrapped.Append('\n');
        }

        words.Clear();
    }
}
