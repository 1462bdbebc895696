namespace NanoFormer.Flash;

/// <summary>One call of nanoff.</summary>
/// <param name="Title">What it writes.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record FlashStep(string Title, IReadOnlyList<string> Arguments)
{
    /// <summary>The command to type in a shell.</summary>
    public string Command => string.Join(' ', Arguments.Select(Shell.Quoted).Prepend(Nanoff.Name));
}
