namespace NanoFormer.Mutation;

/// <summary>A source with one fault put into it.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Was">The characters that were replaced.</param>
/// <param name="Is">What is there now.</param>
/// <param name="Source">The whole source with the fault.</param>
internal sealed record Mutant(int Line, string Was, string Is, string Source)
{
    /// <summary>The line with the fault in it, without the blanks around it.</summary>
    public string Text => Source.Split('\n')[Line - 1].Trim();

    // Faults a hand makes: a limit off by one, a comparison or a connection turned round, a sign.
    private static readonly Dictionary<string, string> Turned = new()
    {
        ["<"] = "<=",
        ["<="] = "<",
        [">"] = ">=",
        [">="] = ">",
        ["=="] = "!=",
        ["!="] = "==",
        ["&&"] = "||",
        ["||"] = "&&",
        ["+"] = "-",
        ["-"] = "+",
        ["+="] = "-=",
        ["-="] = "+=",
        ["true"] = "false",
        ["false"] = "true",
    };

    /// <summary>Every mutant of a source, in its order.</summary>
    public static IEnumerable<Mutant> Of(string source)
    {
        var tokens = Token.Of(source);
        return Enumerable.Range(0, tokens.Count).SelectMany(i => At(source, tokens, i));
    }

    private static IEnumerable<Mutant> At(string source, IReadOnlyList<Token> tokens, int index)
    {
        var token = tokens[index];
        if (token.IsNumber && !token.Text.Contains('.', StringComparison.Ordinal))
        {
            yield return Replace(source, token.Start, token.End, $"({token.Text} + 1)");
        }

        bool isSign = token.Text is "+" or "-" && (index == 0 || !tokens[index - 1].EndsOperand);
        if (!isSign && Turned.TryGetValue(token.Text, out string? turned))
        {
            yield return Replace(source, token.Start, token.End, turned);
        }

        if (token.Text == "!" && index + 1 < tokens.Count)
        {
            yield return Replace(source, token.Start, token.End, "");
        }

        if (token.Text is "&&" or "||")
        {
            foreach ((int start, int end) in Operands(tokens, index))
            {
                yield return Replace(source, start, end, token.Text == "&&" ? "true" : "false");
            }
        }

        if (token.Text == "if" && index + 1 < tokens.Count && tokens[index + 1].Text == "(")
        {
            int open = tokens[index + 1].End;
            yield return Replace(source, open, open, "false && (", tokens[Close(tokens, index + 1)].Start, ")");
        }
    }

    /// <summary>The conditions that a connection joins: the one after it, and before the first of a chain the one before it.</summary>
    private static IEnumerable<(int Start, int End)> Operands(IReadOnlyList<Token> tokens, int index)
    {
        int last = index + 1;
        for (int depth = 0; last < tokens.Count && !(depth == 0 && EndsCondition(tokens[last])); last++)
        {
            depth += Depth(tokens[last]);
        }

        yield return (tokens[index + 1].Start, tokens[last - 1].End);

        int first = index - 1;
        for (int depth = 0; first >= 0 && !(depth == 0 && (BeginsCondition(tokens[first]) || tokens[first].Text is "&&" or "||")); first--)
        {
            depth -= Depth(tokens[first]);
        }

        if (first < 0 || tokens[first].Text != tokens[index].Text)
        {
            yield return (tokens[first + 1].Start, tokens[index - 1].End);
        }
    }

    private static bool EndsCondition(Token token) => token.Text is "&&" or "||" or ")" or ";" or "," or "?" or ":" or "}" or "]";

    private static bool BeginsCondition(Token token) =>
        token.Text is "(" or "[" or "{" or ";" or "," or "?" or ":" or "=" or "=>" or "return";

    private static int Depth(Token token) => token.Text is "(" or "[" ? 1 : token.Text is ")" or "]" ? -1 : 0;

    private static int Close(IReadOnlyList<Token> tokens, int open)
    {
        int depth = 0;
        for (int i = open; i < tokens.Count; i++)
        {
            depth += Depth(tokens[i]);
            if (depth == 0)
            {
                return i;
            }
        }

        throw new InvalidDataException("a parenthesis opens and does not close");
    }

    private static Mutant Replace(string source, int start, int end, string text, int second = -1, string more = "")
    {
        string tail = second < 0 ? source[end..] : source[end..second] + more + source[second..];
        return new Mutant(source.AsSpan(0, start).Count('\n') + 1, source[start..end], text, source[..start] + text + tail);
    }
}
