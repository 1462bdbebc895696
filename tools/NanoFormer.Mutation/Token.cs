using System.Text.RegularExpressions;

namespace NanoFormer.Mutation;

/// <summary>A word, number or operator of C or C#, and where it is.</summary>
/// <param name="Start">Its first character in the source.</param>
/// <param name="Text">Its characters.</param>
internal sealed partial record Token(int Start, string Text)
{
    /// <summary>The character after its last one.</summary>
    public int End => Start + Text.Length;

    /// <summary>Whether it is a number.</summary>
    public bool IsNumber => char.IsAsciiDigit(Text[0]);

    /// <summary>Whether a binary operator may follow it.</summary>
    public bool EndsOperand => Text is ")" or "]" || (char.IsLetterOrDigit(Text[^1]) && Text is not ("return" or "case" or "throw"));

    /// <summary>The tokens of a source, without comments, texts and lines of the preprocessor that define nothing.</summary>
    public static IReadOnlyList<Token> Of(string source) =>
        [.. Pattern().Matches(source).Where(match => match.Groups["token"].Success).Select(match => new Token(match.Index, match.Value))];

    [GeneratedRegex("""
        //[^\n]* | /\*.*?\*/ | [$@]*"(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | ^\s*\#(?!define)[^\n]* | \#
        | (?<token> [A-Za-z_]\w* | \d[\w.]* | ->|=>|\?\?=?|\?\.|\.\.|<<=?|>>=?|<=|>=|==|!=|&&|\|\||\+\+|--|[-+*/%&|^]= | \S)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Pattern();
}
