namespace NanoFormer.Model;

/// <summary>Where a tensor's bytes lie while a model runs; numbers as in the image.</summary>
public enum TensorPlace
{
    /// <summary>The caller's window.</summary>
    Window = 0,

    /// <summary>The arena.</summary>
    Arena = 1,

    /// <summary>The image itself.</summary>
    Constant = 2,

    /// <summary>The arena, from one step of a stream to the next.</summary>
    State = 3,
}
