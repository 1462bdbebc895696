namespace NanoFormer.Data.Import;

/// <summary>Tells labels that are probably meant to be the same.</summary>
internal static class LabelDistance
{
    private const int LongName = 8;
    private const int ShortName = 4;

    /// <summary>The same name except for case, spaces, dashes and underscores.</summary>
    public static bool IsSpelledAlike(string a, string b) => Plain(a) == Plain(b);

    /// <summary>
    /// Whether one name turns into the other by one edit (an inserted, missing, other or swapped character), or two where both have at
    /// least eight characters. Names that differ in digits alone are numbered, not misspelled.
    /// </summary>
    public static bool IsNear(string a, string b)
    {
        var (first, second) = (Plain(a), Plain(b));
        int shortest = Math.Min(first.Length, second.Length);
        if (shortest < ShortName || WithoutDigits(first) == WithoutDigits(second))
        {
            return first == second;
        }

        return Edits(first, second) <= (shortest >= LongName ? 2 : 1);
    }

    /// <summary>Optimal string alignment: the edits from one text to the other, a swap of neighbours counting as one.</summary>
    public static int Edits(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0 ? i + j : Cheapest(cost, a, b, i, j);
            }
        }

        return cost[a.Length, b.Length];
    }

    private static int Cheapest(int[,] cost, string a, string b, int i, int j)
    {
        int replaced = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        int least = Math.Min(replaced, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
        bool isSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return isSwap ? Math.Min(least, cost[i - 2, j - 2] + 1) : least;
    }

    private static string Plain(string name) =>
        string.Concat(name.Where(c => c is not (' ' or '_' or '-')).Select(char.ToLowerInvariant));

    private static string WithoutDigits(string name) => string.Concat(name.Where(c => !char.IsAsciiDigit(c)));
}
