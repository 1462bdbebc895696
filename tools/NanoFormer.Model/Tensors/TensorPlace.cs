namespace NanoFormer.Model;

/// <summary>Where a tensor's bytes lie while a model runs; numbers as in the image.</summary>
public enum TensorPlace
{
    /// <summary>The caller's window of raw samples.</summary>
    Window = 0,

    /// <summary>The arena.</summary>
    Arena = 1,

    /// <summary>The image itself.</summary>
    Constant = 2,
}
