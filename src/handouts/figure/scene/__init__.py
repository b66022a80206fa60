"""Where a figure stands: props, helper, camera and depth."""
