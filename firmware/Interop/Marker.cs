using System;

namespace NanoFormer.Interop
{
    /// <summary>
    /// A pin that is high while a transformer works: for a logic analyser, or to cut inferences out of a current trace. The engine
    /// drives it, within a microsecond of its work. There is one at a time; slices of a run show as pulses.
    /// </summary>
    public sealed class Marker : IDisposable
    {
#if NANOFRAMEWORK_1_0
        /// <summary>Makes a pin the marker.</summary>
        /// <param name="pin">Number of the pin, as for <c>GpioController</c>; must not be open there.</param>
        /// <exception cref="ArgumentException">The board has no such pin, or it is in use.</exception>
        public Marker(int pin)
        {
            NativeMarker.Attach(pin);
        }

        /// <summary>Leaves the pin low and lets it go.</summary>
        public void Dispose()
        {
            NativeMarker.Detach();
        }
#else
        private static Action<bool> _drive;

        /// <summary>Makes the marker of what drives a pin: its argument is true while a transformer works.</summary>
        public Marker(Action<bool> drive)
        {
            ArgumentNullException.ThrowIfNull(drive);
            _drive = drive;
            drive(false);
        }

        /// <summary>Leaves the pin low and lets it go.</summary>
        public void Dispose()
        {
            Write(false);
            _drive = null;
        }

        /// <summary>Drives the pin, when there is one.</summary>
        internal static void Write(bool high)
        {
            _drive?.Invoke(high);
        }
#endif
    }
}
